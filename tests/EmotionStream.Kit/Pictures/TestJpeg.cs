using System.Buffers.Binary;
using OpenCvSharp;

namespace EmotionStream.Tests.Vision;

/// <summary>Compresses made-up pictures in the variants that senders may use.</summary>
internal static class TestJpeg
{
    private const int Quality = 95;

    /// <summary>Slopes and a bright disc: smooth enough to survive compression, and no two corners alike.</summary>
    public static byte Pattern(double x, double y) =>
        ((x - 0.3) * (x - 0.3)) + ((y - 0.4) * (y - 0.4)) < 0.02 ? (byte)230 : (byte)(40 + (60 * x) + (90 * y));

    public static byte[] Gray(int width, int height) => Encode(width, height, Pattern);

    public static byte[] Color(int width, int height) => Color(width, height, progressive: false);

    public static byte[] ProgressiveColor(int width, int height) => Color(width, height, progressive: true);

    /// <summary>
    /// Four inks, inverted as Adobe writes them: the pattern in C, M and Y and no black. Put together from gray pictures, whose scans are those
    /// of one ink each.
    /// </summary>
    public static byte[] Cmyk(int width, int height)
    {
        var (ink, black) = (Segments(Encode(width, height, Pattern)), Segments(Encode(width, height, (_, _) => 255)));
        byte[] size = [.. ink.First(segment => segment[1] == 0xC0)[5..9]];
        return
        [
            0xFF, 0xD8,
            0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0,
            .. ink.Where(segment => segment[1] is 0xDB or 0xC4).SelectMany(segment => segment),
            0xFF, 0xC0, 0, 20, 8, .. size, 4, .. Enumerable.Range(1, 4).SelectMany(id => (byte[])[(byte)id, 0x11, 0]),
            .. Enumerable.Range(1, 4).SelectMany(id => Scan((byte)id, id == 4 ? black : ink)),
            0xFF, 0xD9,
        ];
    }

    /// <summary>Writes other dimensions into the frame header (marker FFC0 or FFC2: length, precision, height, width).</summary>
    public static byte[] WithSize(byte[] jpeg, int width, int height)
    {
        var header = Math.Max(jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]), jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC2]));
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(header + 5), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(header + 7), (ushort)width);
        return jpeg;
    }

    /// <summary>Repeats the last scan.</summary>
    public static byte[] WithMoreScans(byte[] jpeg, int scans)
    {
        var scan = jpeg.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        return [.. jpeg[..^2], .. Enumerable.Repeat(jpeg[scan..^2], scans).SelectMany(bytes => bytes), 0xFF, 0xD9];
    }

    private static byte[] Color(int width, int height, bool progressive)
    {
        using var picture = Mat.FromPixelData(height, width, MatType.CV_8UC1, Pixels(width, height, Pattern));
        using var color = picture.CvtColor(ColorConversionCodes.GRAY2BGR);
        return color.ToBytes(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, Quality), new ImageEncodingParam(ImwriteFlags.JpegProgressive, progressive ? 1 : 0));
    }

    private static byte[] Encode(int width, int height, Func<double, double, byte> brightness)
    {
        using var picture = Mat.FromPixelData(height, width, MatType.CV_8UC1, Pixels(width, height, brightness));
        return picture.ToBytes(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, Quality));
    }

    private static byte[] Pixels(int width, int height, Func<double, double, byte> brightness) =>
        [.. Enumerable.Range(0, width * height).Select(at => brightness((at % width) / (double)width, (at / width) / (double)height))];

    /// <summary>The segments of a JPEG with one scan, the scan's with its compressed bytes.</summary>
    private static List<byte[]> Segments(byte[] jpeg)
    {
        List<byte[]> segments = [];
        for (var at = 2; jpeg[at + 1] != 0xDA; at += segments[^1].Length)
        {
            segments.Add(jpeg[at..(at + 2 + (jpeg[at + 2] << 8) + jpeg[at + 3])]);
        }

        segments.Add(jpeg[(2 + segments.Sum(segment => segment.Length))..^2]);
        return segments;
    }

    private static byte[] Scan(byte id, List<byte[]> segments)
    {
        var scan = segments[^1];
        return [.. scan[..5], id, .. scan[6..]];
    }
}
