using EmotionStream.Faces;
using EmotionStream.Faces.Decoding;

namespace EmotionStream.Tools.Evaluation.Pictures;

/// <summary>Reads a picture file with the server's own decoder, upright and at its working size, or says why not.</summary>
internal sealed class PictureReader(VisionOptions options)
{
    private readonly PictureDecoder _decoder = new(options);

    /// <exception cref="EvaluationException">The picture can't be read; the message names it.</exception>
    public void Read(ReadOnlySpan<byte> file, string name, GrayImage image)
    {
        var result = _decoder.Decode(file, image);
        if (result != PictureResult.Decoded)
        {
            throw new EvaluationException($"The picture {name} can't be read: {Reason(result)}");
        }
    }

    private string Reason(PictureResult result) => result switch
    {
        PictureResult.UnknownFormat or PictureResult.Empty => "it is no JPEG, PNG or WebP.",
        PictureResult.TooManyPixels => $"it announces {_decoder.OriginalWidth}x{_decoder.OriginalHeight} pixels, which is too many.",
        _ => "it is cut short or damaged.",
    };
}
