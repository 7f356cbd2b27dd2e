using System.Buffers.Binary;

namespace EmotionStream.Faces.Decoding;

/// <summary>Finds the one picture of a WebP that is decoded, of an animated one the first, and hands it on as a file of its own.</summary>
internal static class WebPGate
{
    // Place, size and duration of an animation's frame stand before its picture (WebP container specification, ANMF).
    private const int FrameHeaderSize = 16;

    private const int LossyHeaderSize = 10;
    private const int LosslessHeaderSize = 5;

    // Lossy (RFC 6386, 9.1) and lossless (WebP lossless specification, 3) pictures have sizes of 14 bits.
    private const int SizeMask = 0x3FFF;

    public static bool TryRead(ReadOnlySpan<byte> file, out PictureHeader header)
    {
        var picture = Picture(file);
        var (width, height) = picture.IsEmpty ? (0, 0) : picture[3] == 'L' ? LosslessSize(picture[8..]) : LossySize(picture[8..]);
        header = new PictureHeader(PictureFormat.WebP, width, height, Orientation(file));
        return width > 0 && height > 0;
    }

    /// <summary>Of a file that was read and found sound: a file with no chunk but the picture's, which makes it opaque.</summary>
    public static int CopyEssentials(ReadOnlySpan<byte> file, Span<byte> to)
    {
        var picture = Picture(file);
        var end = WebPChunks.FileHeaderSize + picture.Length;
        var length = end + (end & 1);
        "RIFF"u8.CopyTo(to);
        BinaryPrimitives.WriteInt32LittleEndian(to[4..], length - 8);
        "WEBP"u8.CopyTo(to[8..]);
        picture.CopyTo(to[WebPChunks.FileHeaderSize..]);
        to[end..length].Clear();
        return length;
    }

    /// <summary>The first picture's chunk with its header; empty without one.</summary>
    private static ReadOnlySpan<byte> Picture(ReadOnlySpan<byte> file)
    {
        for (var chunks = WebPChunks.OfFile(file); chunks.Next();)
        {
            if (IsPicture(chunks.Type))
            {
                return chunks.Whole;
            }

            if (!chunks.Type.SequenceEqual("ANMF"u8) || chunks.Data.Length < FrameHeaderSize)
            {
                continue;
            }

            for (var frame = new WebPChunks(chunks.Data[FrameHeaderSize..]); frame.Next();)
            {
                if (IsPicture(frame.Type))
                {
                    return frame.Whole;
                }
            }
        }

        return [];
    }

    private static bool IsPicture(ReadOnlySpan<byte> type) => type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8);

    private static (int Width, int Height) LossySize(ReadOnlySpan<byte> data) =>
        data.Length >= LossyHeaderSize && (data[0] & 1) == 0 && data[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
            ? (BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & SizeMask, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & SizeMask)
            : (0, 0);

    private static (int Width, int Height) LosslessSize(ReadOnlySpan<byte> data) =>
        data.Length >= LosslessHeaderSize && data[0] == 0x2F && BinaryPrimitives.ReadUInt32LittleEndian(data[1..]) is var bits && bits >> 29 == 0
            ? ((int)(bits & SizeMask) + 1, (int)((bits >> 14) & SizeMask) + 1)
            : (0, 0);

    private static int Orientation(ReadOnlySpan<byte> file)
    {
        for (var chunks = WebPChunks.OfFile(file); chunks.Next();)
        {
            if (chunks.Type.SequenceEqual("EXIF"u8))
            {
                return ExifOrientation.Of(chunks.Data.StartsWith("Exif\0\0"u8) ? chunks.Data[6..] : chunks.Data);
            }
        }

        return ExifOrientation.Upright;
    }
}
