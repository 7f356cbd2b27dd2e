using EmotionStream.Faces.Telemetry;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Stills;

/// <summary>Where pictures are handed in: has those of one request measured, a few at once, and waits for all of them.</summary>
internal sealed class StillDesk(StillQueue queue, EmotionStreamMetrics metrics, IOptions<StillsOptions> options)
{
    /// <summary>Measures pictures as they come in; the next one's bytes are asked for only when there is room among those at work.</summary>
    /// <exception cref="StillRefusedException">One was refused while it came in; those at work then go on by themselves.</exception>
    public async Task<IReadOnlyList<StillPicture>> MeasureAsync(
        IAsyncEnumerable<PictureBytes> incoming, CancellationToken cancellation, bool wholeWhenEmpty = false)
    {
        List<StillPicture> pictures = [];
        await foreach (var bytes in incoming.WithCancellation(cancellation))
        {
            pictures.Add(await queue.AddAsync(bytes, wholeWhenEmpty, cancellation));
            if (pictures.Count >= options.Value.AtOnce)
            {
                await pictures[^options.Value.AtOnce].Completion.WaitAsync(cancellation);
            }
        }

        foreach (var picture in pictures)
        {
            await picture.Completion.WaitAsync(cancellation);
            metrics.StillEnded(picture.Refusal is { } refusal ? StillProblems.Describe(refusal).Code : "measured");
        }

        return pictures;
    }
}
