using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using EmotionStream.Faces.Decoding;

namespace EmotionStream.Tests.Vision;

/// <summary>Writes PNG files for tests, sound or broken in one chosen way.</summary>
internal static class PngWriter
{
    /// <param name="rows">Each row with its filter byte before it.</param>
    public static byte[] Png(int width, int height, int colorType, byte[] rows, byte[]? palette = null, int depth = 8, int interlace = 0, byte[]? opacity = null)
    {
        byte[] header = [.. Number((uint)width), .. Number((uint)height), (byte)depth, (byte)colorType, 0, 0, (byte)interlace];
        return
        [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A,
            .. Chunk("IHDR", header),
            .. palette is null ? [] : Chunk("PLTE", palette),
            .. opacity is null ? [] : Chunk("tRNS", opacity),
            .. Chunk("tEXt", "a chunk that says nothing of pixels"u8),
            .. Chunk("IDAT", Deflate(rows)),
            .. Chunk("IEND", []),
        ];
    }

    /// <summary>A gray picture without filters.</summary>
    public static byte[] Gray(int width, int height, Func<int, int, int> pixel) => Png(
        width, height, 0, [.. Enumerable.Range(0, height).SelectMany(y => Enumerable.Range(0, width).Select(x => (byte)pixel(x, y)).Prepend((byte)0))]);

    /// <summary>Makes the first chunk of a type say that it is so long.</summary>
    public static byte[] WithChunkLength(byte[] png, string type, uint length)
    {
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(png.AsSpan().IndexOf(Encoding.ASCII.GetBytes(type)) - 4), length);
        return png;
    }

    /// <summary>Puts so many chunks without data before the pixels.</summary>
    public static byte[] WithEmptyChunks(byte[] png, string type, int count)
    {
        var pixels = png.AsSpan().IndexOf("IDAT"u8) - 4;
        var chunk = Chunk(type, []);
        return [.. png[..pixels], .. Enumerable.Repeat(chunk, count).SelectMany(bytes => bytes), .. png[pixels..]];
    }

    private static byte[] Chunk(string type, ReadOnlySpan<byte> data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        return [.. Number((uint)data.Length), .. body, .. Number(PngChunks.Checksum(body))];
    }

    private static byte[] Deflate(byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            zlib.Write(rows);
        }

        return packed.ToArray();
    }

    private static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
