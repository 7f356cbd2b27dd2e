using EmotionStream.Contracts;
using EmotionStream.Faces.Telemetry;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Stills;

/// <summary>Where pictures are handed in: has those of one request measured, a few at once, and waits for all of them.</summary>
internal sealed class StillService(StillQueue queue, EmotionStreamMetrics metrics, IOptions<StillsOptions> options)
{
    /// <summary>Measures pictures as they come in; the next one's bytes are asked for only when there is room among those at work.</summary>
    /// <exception cref="RefusedException">One was refused while it came in; those at work then go on by themselves.</exception>
    public async Task<IReadOnlyList<Still>> MeasureAsync(
        IAsyncEnumerable<PictureBytes> incoming, CancellationToken cancellation, bool wholeWhenEmpty = false)
    {
        List<Still> pictures = [];
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
            metrics.StillEnded(picture.Refusal?.Code ?? "measured");
        }

        return pictures;
    }
}
