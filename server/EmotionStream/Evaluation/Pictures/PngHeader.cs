using System.Buffers.Binary;

namespace EmotionStream.Evaluation.Pictures;

/// <summary>What a PNG's first chunk says of its pixels.</summary>
internal readonly record struct PngHeader(int Width, int Height, PngColor Color)
{
    public const int Size = 13;

    // As many as the server takes of a JPEG (Vision:MaxPixels): a header costs nothing, its pixels would.
    private const long MaxPixels = 17_000_000;

    /// <summary>Bytes of one pixel.</summary>
    public int Channels => Color switch
    {
        PngColor.GreyAlpha => 2,
        PngColor.Rgb => 3,
        PngColor.Rgba => 4,
        _ => 1,
    };

    public static PngHeader Parse(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length != Size)
        {
            throw new PictureException("its PNG header is broken.");
        }

        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(chunk), BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]));
        if (width == 0 || height == 0 || width > MaxPixels || height > MaxPixels || (long)width * height > MaxPixels)
        {
            throw new PictureException($"it announces {width}x{height} pixels; from 1 to {MaxPixels / 1_000_000} million are accepted.");
        }

        var (depth, color, interlaced) = (chunk[8], (PngColor)chunk[9], chunk[12] != 0);
        if (depth != 8 || !Enum.IsDefined(color) || chunk[10] != 0 || chunk[11] != 0)
        {
            throw new PictureException($"it is a PNG of {depth} bits and colour type {chunk[9]}; 8-bit grey, RGB and palette are understood, with alpha or without.");
        }

        return interlaced
            ? throw new PictureException("it is an interlaced PNG, which is not understood.")
            : new PngHeader((int)width, (int)height, color);
    }
}
