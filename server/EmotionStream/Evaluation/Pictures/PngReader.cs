using System.IO.Compression;
using EmotionStream.Frames;

namespace EmotionStream.Evaluation.Pictures;

/// <summary>Reads the PNG files that labelled picture sets consist of, as grey: 8 bits, not interlaced, any colour type.</summary>
/// <remarks>Never takes more memory than the header's pixels need, and refuses a header of too many.</remarks>
internal static class PngReader
{
    // What shows through transparent pixels.
    private const int Backdrop = 128;

    public static void Read(ReadOnlySpan<byte> file, GreyImage image)
    {
        var chunks = new PngChunks(file);
        chunks.Next();
        if (!chunks.Type.SequenceEqual("IHDR"u8))
        {
            throw new PictureException("its PNG header is broken.");
        }

        var header = PngHeader.Parse(chunks.Data);
        var palette = new byte[256];
        using var compressed = new MemoryStream();
        for (chunks.Next(); !chunks.Type.SequenceEqual("IEND"u8); chunks.Next())
        {
            if (chunks.Type.SequenceEqual("IDAT"u8))
            {
                compressed.Write(chunks.Data);
            }
            else if (chunks.Type.SequenceEqual("PLTE"u8))
            {
                ReadPalette(chunks.Data, palette);
            }
            else if (chunks.Type.SequenceEqual("tRNS"u8) && header.Color == PngColor.Palette)
            {
                Fade(palette, chunks.Data);
            }
        }

        compressed.Position = 0;
        Inflate(compressed, header, palette, image);
    }

    private static void ReadPalette(ReadOnlySpan<byte> colors, Span<byte> palette)
    {
        for (var i = 0; i < Math.Min(palette.Length, colors.Length / 3); i++)
        {
            palette[i] = Grey(colors.Slice(3 * i, 3));
        }
    }

    private static void Fade(Span<byte> palette, ReadOnlySpan<byte> opacities)
    {
        for (var i = 0; i < Math.Min(palette.Length, opacities.Length); i++)
        {
            palette[i] = OnBackdrop(palette[i], opacities[i]);
        }
    }

    private static void Inflate(Stream compressed, PngHeader header, byte[] palette, GreyImage image)
    {
        using var pixels = new ZLibStream(compressed, CompressionMode.Decompress);
        var row = new byte[1 + (header.Width * header.Channels)];
        var above = new byte[row.Length];
        image.Resize(header.Width, header.Height);
        try
        {
            for (var y = 0; y < header.Height; y++)
            {
                pixels.ReadExactly(row);
                PngFilter.Undo(row[0], row.AsSpan(1), above.AsSpan(1), header.Channels);
                ToGrey(header.Color, row.AsSpan(1), palette, image.Row(y));
                (row, above) = (above, row);
            }
        }
        catch (Exception problem) when (problem is EndOfStreamException or InvalidDataException)
        {
            throw new PictureException("the PNG is damaged: its pixels can't be unpacked.", problem);
        }
    }

    private static void ToGrey(PngColor color, ReadOnlySpan<byte> row, byte[] palette, Span<byte> grey)
    {
        for (var x = 0; x < grey.Length; x++)
        {
            grey[x] = color switch
            {
                PngColor.Grey => row[x],
                PngColor.Palette => palette[row[x]],
                PngColor.GreyAlpha => OnBackdrop(row[2 * x], row[(2 * x) + 1]),
                PngColor.Rgb => Grey(row.Slice(3 * x, 3)),
                _ => OnBackdrop(Grey(row.Slice(4 * x, 3)), row[(4 * x) + 3]),
            };
        }
    }

    /// <summary>Weights of BT.601, in 1/256, as a JPEG's grey has them.</summary>
    private static byte Grey(ReadOnlySpan<byte> rgb) => (byte)(((77 * rgb[0]) + (150 * rgb[1]) + (29 * rgb[2]) + 128) >> 8);

    private static byte OnBackdrop(int grey, int opacity) => (byte)(((grey * opacity) + (Backdrop * (255 - opacity)) + 127) / 255);
}
