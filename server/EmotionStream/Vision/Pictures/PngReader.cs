using System.IO.Compression;
using EmotionStream.Frames;

namespace EmotionStream.Vision.Pictures;

/// <summary>Reads a PNG as grey, of every depth and colour type, interlaced or not; of an animated one its first picture.</summary>
/// <remarks>Our own, so that no C code sees what strangers send. Never takes more memory than the header's pixels need.</remarks>
internal static class PngReader
{
    // What shows through transparent pixels.
    private const int Backdrop = 128;

    /// <exception cref="PictureException">It can't be read, or announces too many pixels.</exception>
    public static void Read(ReadOnlySpan<byte> file, VisionOptions options, GreyImage image)
    {
        var chunks = new PngChunks(file);
        chunks.Next();
        if (!chunks.Type.SequenceEqual("IHDR"u8))
        {
            throw new PictureException("its PNG header is broken.");
        }

        var header = PngHeader.Parse(chunks.Data, options);
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

    private static void Inflate(Stream compressed, in PngHeader header, byte[] palette, GreyImage image)
    {
        using var pixels = new ZLibStream(compressed, CompressionMode.Decompress);
        image.Resize(header.Width, header.Height);
        try
        {
            foreach (var pass in PngPass.Of(header))
            {
                ReadPass(pixels, header, pass, palette, image);
            }
        }
        catch (Exception problem) when (problem is EndOfStreamException or InvalidDataException)
        {
            throw new PictureException("the PNG is damaged: its pixels can't be unpacked.", problem);
        }
    }

    private static void ReadPass(Stream pixels, in PngHeader header, in PngPass pass, byte[] palette, GreyImage image)
    {
        var (columns, rows) = (pass.Columns(header.Width), pass.Rows(header.Height));
        if (columns <= 0 || rows <= 0)
        {
            return;
        }

        var row = new byte[1 + header.RowBytes(columns)];
        var above = new byte[row.Length];
        var samples = new byte[columns * header.Channels];
        var grey = new byte[columns];
        for (var y = 0; y < rows; y++)
        {
            pixels.ReadExactly(row);
            PngFilter.Undo(row[0], row.AsSpan(1), above.AsSpan(1), header.FilterDistance);
            PngSamples.Unpack(row.AsSpan(1), header.Depth, header.Color != PngColor.Palette, samples);
            ToGrey(header.Color, samples, palette, grey);
            Place(grey, pass, image.Row(pass.Top + (y * pass.StepY)));
            (row, above) = (above, row);
        }
    }

    private static void Place(ReadOnlySpan<byte> grey, in PngPass pass, Span<byte> row)
    {
        if (pass.StepX == 1)
        {
            grey.CopyTo(row);
            return;
        }

        for (var i = 0; i < grey.Length; i++)
        {
            row[pass.Left + (i * pass.StepX)] = grey[i];
        }
    }

    private static void ToGrey(PngColor color, ReadOnlySpan<byte> samples, byte[] palette, Span<byte> grey)
    {
        for (var x = 0; x < grey.Length; x++)
        {
            grey[x] = color switch
            {
                PngColor.Grey => samples[x],
                PngColor.Palette => palette[samples[x]],
                PngColor.GreyAlpha => OnBackdrop(samples[2 * x], samples[(2 * x) + 1]),
                PngColor.Rgb => Grey(samples.Slice(3 * x, 3)),
                _ => OnBackdrop(Grey(samples.Slice(4 * x, 3)), samples[(4 * x) + 3]),
            };
        }
    }

    /// <summary>Weights of BT.601, in 1/256, as a JPEG's grey has them.</summary>
    private static byte Grey(ReadOnlySpan<byte> rgb) => (byte)(((77 * rgb[0]) + (150 * rgb[1]) + (29 * rgb[2]) + 128) >> 8);

    private static byte OnBackdrop(int grey, int opacity) => (byte)(((grey * opacity) + (Backdrop * (255 - opacity)) + 127) / 255);
}
