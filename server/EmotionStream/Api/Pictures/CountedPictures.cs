using System.Runtime.CompilerServices;
using EmotionStream.Contracts;
using EmotionStream.Faces;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Stills;
using EmotionStream.Limits;
using Microsoft.Extensions.Options;

namespace EmotionStream.Api.Pictures;

/// <summary>Counts the pixels of a request's pictures, as their headers announce them, for the caller.</summary>
internal sealed class CountedPictures(IOptions<StillsOptions> stills, IOptions<VisionOptions> frames)
{
    private readonly VisionOptions _vision = stills.Value.Vision(frames.Value);

    /// <exception cref="RefusedException">The caller has sent more than its share.</exception>
    public async IAsyncEnumerable<PictureBytes> CountAsync(
        IAsyncEnumerable<PictureBytes> pictures, HttpContext http, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var quota = ClientQuota.Of(http);
        await foreach (var picture in pictures.WithCancellation(cancellation))
        {
            if (PictureGate.Read(picture.Span, _vision, out var header) == PictureResult.Decoded
                && quota.TakePixels((long)header.Width * header.Height) is { } refusal)
            {
                picture.Dispose();
                throw new RefusedException(refusal);
            }

            yield return picture;
        }
    }
}
