using System.Text;
using EmotionStream.Faces.Decoding;

namespace EmotionStream.Videos;

/// <summary>Reads the pictures that ffmpeg writes: a line "YUV4MPEG2 W480 H270 F10:1 ... Cmono", then a line "FRAME" and the pixels of each.</summary>
/// <remarks>What comes is checked like anything else from outside: a clip may have made ffmpeg its own.</remarks>
internal sealed class GrayPictures(Stream stream, int maxSide)
{
    private const int MaxLine = 256;

    private (int Width, int Height) _size;

    /// <summary>Reads the next picture; false at the end, and at anything that is no picture of the size that was asked for.</summary>
    /// <exception cref="IOException">The stream ended in the middle of a picture, or could not be read.</exception>
    public bool TryRead(GrayImage image)
    {
        if ((_size == default && !TryReadSize()) || !ReadLine().StartsWith("FRAME", StringComparison.Ordinal))
        {
            return false;
        }

        image.Resize(_size.Width, _size.Height);
        stream.ReadExactly(image.Pixels);
        return true;
    }

    private bool TryReadSize()
    {
        var (width, height) = (0, 0);
        foreach (var word in ReadLine().Split(' '))
        {
            _ = word switch
            {
                ['W', .. var number] => int.TryParse(number, out width),
                ['H', .. var number] => int.TryParse(number, out height),
                _ => false,
            };
        }

        if (width <= 0 || height <= 0 || width > maxSide || height > maxSide)
        {
            return false;
        }

        _size = (width, height);
        return true;
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        for (int sign; (sign = stream.ReadByte()) >= 0 && sign != '\n' && line.Length < MaxLine;)
        {
            line.Append((char)sign);
        }

        return line.ToString();
    }
}
