using System.Buffers.Binary;

namespace EmotionStream.Faces.Decoding;

/// <summary>Checks a PNG chunk by chunk, and hands on only the critical ones and a palette's transparency: of an animated one its first picture.</summary>
internal static class PngGate
{
    private const int HeaderSize = 13;

    // Color types, as the format numbers them.
    private const byte Gray = 0;
    private const byte Rgb = 2;
    private const byte Palette = 3;
    private const byte GrayAlpha = 4;
    private const byte Rgba = 6;

    // Blue, green, red and alpha.
    private const int AlphaChannels = 4;

    public static bool TryRead(ReadOnlySpan<byte> file, out PictureHeader header)
    {
        header = default;
        var chunks = new PngChunks(file);
        if (!chunks.Next() || !chunks.Type.SequenceEqual("IHDR"u8) || !TryReadHeader(chunks, out header, out var color))
        {
            return false;
        }

        while (chunks.Next() && chunks.IsSound)
        {
            if (chunks.Type.SequenceEqual("IEND"u8))
            {
                return true;
            }

            if (chunks.Type.SequenceEqual("tRNS"u8) && color == Palette)
            {
                header = header with { PixelBytes = AlphaChannels };
            }
            else if (chunks.Type.SequenceEqual("eXIf"u8) && header.Orientation == ExifOrientation.Upright)
            {
                header = header with { Orientation = ExifOrientation.Of(chunks.Data) };
            }
        }

        return false;
    }

    /// <summary>Of a file that was read and found sound.</summary>
    public static int CopyEssentials(ReadOnlySpan<byte> file, Span<byte> to)
    {
        PngChunks.Signature.CopyTo(to);
        var copied = PngChunks.Signature.Length;
        var hasPalette = false;
        for (var chunks = new PngChunks(file); chunks.Next();)
        {
            if (chunks.Type.SequenceEqual("IHDR"u8))
            {
                hasPalette = chunks.Data[9] == Palette;
            }
            else if (!(chunks.Type.SequenceEqual("PLTE"u8) || chunks.Type.SequenceEqual("IDAT"u8) || chunks.Type.SequenceEqual("IEND"u8)
                || (hasPalette && chunks.Type.SequenceEqual("tRNS"u8))))
            {
                continue;
            }

            chunks.Whole.CopyTo(to[copied..]);
            copied += chunks.Whole.Length;
            if (chunks.Type.SequenceEqual("IEND"u8))
            {
                break;
            }
        }

        return copied;
    }

    private static bool TryReadHeader(in PngChunks chunk, out PictureHeader header, out byte color)
    {
        (header, color) = (default, 0);
        var data = chunk.Data;
        if (data.Length != HeaderSize || !chunk.IsSound)
        {
            return false;
        }

        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
        color = data[9];
        var pixelBytes = color is GrayAlpha or Rgba ? AlphaChannels * data[8] / 8 : 1;
        header = new PictureHeader(PictureFormat.Png, Clamp(width), Clamp(height), ExifOrientation.Upright, pixelBytes);
        return width > 0 && height > 0 && IsDefined(data[8], color) && data[10] == 0 && data[11] == 0 && data[12] <= 1;
    }

    private static int Clamp(uint side) => (int)Math.Min(side, int.MaxValue);

    private static bool IsDefined(byte depth, byte color) => color switch
    {
        Gray => depth is 1 or 2 or 4 or 8 or 16,
        Palette => depth is 1 or 2 or 4 or 8,
        Rgb or GrayAlpha or Rgba => depth is 8 or 16,
        _ => false,
    };
}
