using System.Buffers.Binary;
using EmotionStream.Faces.Decoding;

namespace EmotionStream.Tests.Vision;

/// <summary>Where a sound file keeps what its decoder reads, behind all that the gate looks at.</summary>
internal static class PictureParts
{
    // Of a lossy picture. A lossless one's is shorter; what comes after it is left alone as well.
    private const int WebPPictureHeader = 10;

    /// <summary>A JPEG's tables and scans, a PNG's palette and pixels, a WebP's pictures behind their sizes.</summary>
    public static Range[] Of(PictureFormat format, byte[] file) => format switch
    {
        PictureFormat.Jpeg => [.. OfJpeg(file)],
        PictureFormat.Png => [.. OfPng(file)],
        _ => [.. OfWebP(file)],
    };

    /// <summary>The file with another part in the place of one, and with lengths that fit.</summary>
    public static byte[] Replace(PictureFormat format, byte[] file, Range part, byte[] by)
    {
        var (start, length) = part.GetOffsetAndLength(file.Length);
        var grown = by.Length - length;
        byte[] changed = [.. file[..start], .. by, .. file[(start + length)..]];
        switch (format)
        {
            case PictureFormat.Jpeg when start + length < file.Length:
                var size = changed.AsSpan(start - 2);
                BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(size) + grown));
                break;
            case PictureFormat.Png:
                BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(start - 8), by.Length);
                break;
            case PictureFormat.WebP:
                Grow(changed, 4, grown);
                Grow(changed, start - WebPPictureHeader - 4, grown);
                break;
        }

        return changed;
    }

    private static void Grow(byte[] webP, int at, int grown)
    {
        var size = webP.AsSpan(at);
        BinaryPrimitives.WriteInt32LittleEndian(size, BinaryPrimitives.ReadInt32LittleEndian(size) + grown);
    }

    private static IEnumerable<Range> OfJpeg(byte[] file)
    {
        const byte Tables = 0xDB, HuffmanTables = 0xC4, Scan = 0xDA;
        for (var at = 2; ; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2)))
        {
            var end = at + 2 + BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2));
            if (file[at + 1] == Scan)
            {
                // Further scans and their tables lie in here.
                yield return end..;
                yield break;
            }

            if (file[at + 1] is Tables or HuffmanTables)
            {
                yield return (at + 4)..end;
            }
        }
    }

    private static IEnumerable<Range> OfPng(byte[] file)
    {
        for (var at = PngChunks.Signature.Length; at < file.Length; at += 12 + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at)))
        {
            var data = at + 8;
            if (file.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8) || file.AsSpan(at + 4, 4).SequenceEqual("PLTE"u8) || file.AsSpan(at + 4, 4).SequenceEqual("tRNS"u8))
            {
                yield return data..(data + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at)));
            }
        }
    }

    /// <summary>Only of pictures that lie in no animation's frame, which would have a length of its own.</summary>
    private static IEnumerable<Range> OfWebP(byte[] file)
    {
        for (var at = WebPChunks.FileHeaderSize; at < file.Length;)
        {
            var size = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
            if (file.AsSpan(at, 3).SequenceEqual("VP8"u8) && file[at + 3] != 'X')
            {
                yield return (at + 8 + WebPPictureHeader)..(at + 8 + size);
            }

            at += 8 + size + (size & 1);
        }
    }
}
