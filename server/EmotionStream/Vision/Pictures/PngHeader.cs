using System.Buffers.Binary;

namespace EmotionStream.Vision.Pictures;

/// <summary>What a PNG's first chunk says of its pixels.</summary>
/// <param name="Depth">Bits of one sample.</param>
internal readonly record struct PngHeader(int Width, int Height, int Depth, PngColor Color, bool Interlaced)
{
    public const int Size = 13;

    /// <summary>Samples of one pixel.</summary>
    public int Channels => Color switch
    {
        PngColor.GreyAlpha => 2,
        PngColor.Rgb => 3,
        PngColor.Rgba => 4,
        _ => 1,
    };

    /// <summary>Bytes from a byte of a row to the one that filters compare it with.</summary>
    public int FilterDistance => Math.Max(1, Channels * Depth / 8);

    /// <exception cref="PictureTooLargeException">A header costs nothing, its pixels would: they are refused here.</exception>
    public static PngHeader Parse(ReadOnlySpan<byte> chunk, VisionOptions options)
    {
        if (chunk.Length != Size)
        {
            throw new PictureException("its PNG header is broken.");
        }

        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(chunk), BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]));
        if (width == 0 || height == 0)
        {
            throw new PictureException($"it announces {width}x{height} pixels.");
        }

        if (!options.Accepts(width, height))
        {
            throw new PictureTooLargeException(width, height);
        }

        var (depth, color) = (chunk[8], (PngColor)chunk[9]);
        if (!IsDefined(depth, color) || chunk[10] != 0 || chunk[11] != 0 || chunk[12] > 1)
        {
            throw new PictureException($"it is a PNG of {depth} bits and colour type {chunk[9]}, which the format does not have.");
        }

        return new PngHeader((int)width, (int)height, depth, color, chunk[12] == 1);
    }

    /// <summary>Bytes of one row of so many pixels, without the filter's.</summary>
    public int RowBytes(int pixels) => (int)((((long)pixels * Channels * Depth) + 7) / 8);

    private static bool IsDefined(int depth, PngColor color) => color switch
    {
        PngColor.Grey => depth is 1 or 2 or 4 or 8 or 16,
        PngColor.Palette => depth is 1 or 2 or 4 or 8,
        PngColor.Rgb or PngColor.GreyAlpha or PngColor.Rgba => depth is 8 or 16,
        _ => false,
    };
}
