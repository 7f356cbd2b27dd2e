using EmotionStream.Frames;
using EmotionStream.Vision;
using EmotionStream.Vision.Pictures;

namespace EmotionStream.Evaluation.Pictures;

/// <summary>Reads a picture file as grey: JPEG with the server's own decoder, PNG with ours.</summary>
/// <remarks>JPEG comes at the decoder's working size, PNG at its own.</remarks>
internal sealed class PictureReader(VisionOptions options) : IDisposable
{
    private readonly JpegDecoder _jpeg = new(options);

    /// <exception cref="EvaluationException">The picture can't be read; the message names it.</exception>
    public void Read(ReadOnlySpan<byte> file, string name, GreyImage image)
    {
        try
        {
            if (PngChunks.IsPng(file))
            {
                PngReader.Read(file, options, image);
            }
            else if (JpegDecoder.IsJpeg(file))
            {
                ReadJpeg(file, image);
            }
            else
            {
                throw new PictureException("it is neither PNG nor JPEG.");
            }
        }
        catch (PictureException problem)
        {
            throw new EvaluationException($"The picture {name} can't be read: {problem.Message}", problem);
        }
    }

    public void Dispose() => _jpeg.Dispose();

    private void ReadJpeg(ReadOnlySpan<byte> file, GreyImage image)
    {
        var result = _jpeg.Decode(file, image);
        if (result != DecodeResult.Decoded)
        {
            throw result == DecodeResult.TooLarge
                ? new PictureTooLargeException(_jpeg.OriginalWidth, _jpeg.OriginalHeight)
                : new PictureException("the JPEG is damaged.");
        }
    }
}
