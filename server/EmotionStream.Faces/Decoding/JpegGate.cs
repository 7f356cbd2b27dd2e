using System.Buffers.Binary;

namespace EmotionStream.Faces.Decoding;

/// <summary>Reads a JPEG's segments up to its first scan, as strictly as libjpeg does without a warning.</summary>
internal static class JpegGate
{
    // Progressive encoders write about 10; each further scan costs a pass over every block.
    private const int MaxScans = 40;

    private const byte Fill = 0xFF;
    private const byte Exif = 0xE1;
    private const byte StartOfScan = 0xDA;

    private static readonly byte[] StartMarker = [0xFF, 0xD8, 0xFF];
    private static readonly byte[] ScanMarker = [0xFF, StartOfScan];

    public static bool IsJpeg(ReadOnlySpan<byte> file) => file.StartsWith(StartMarker);

    public static bool TryRead(ReadOnlySpan<byte> file, out PictureHeader header)
    {
        header = new PictureHeader(PictureFormat.Jpeg, 0, 0, ExifOrientation.Upright);
        for (var rest = file[2..]; TryStep(ref rest, out var marker, out var data);)
        {
            switch (marker)
            {
                case Exif when header.Orientation == ExifOrientation.Upright && data.StartsWith("Exif\0\0"u8):
                    header = header with { Orientation = ExifOrientation.Of(data[6..]) };
                    break;
                case StartOfScan:
                    header = header with { Passes = 1 + rest.Count(ScanMarker) };
                    return header.Width > 0 && header.Passes <= MaxScans;
                case >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC:
                    if (!TryReadFrame(marker, data, ref header))
                    {
                        return false;
                    }

                    break;
            }
        }

        return false;
    }

    /// <summary>Steps over one segment; only bytes that libjpeg, too, takes for markers stand between two of them.</summary>
    private static bool TryStep(ref ReadOnlySpan<byte> rest, out byte marker, out ReadOnlySpan<byte> data)
    {
        marker = 0;
        data = [];
        while (rest.Length >= 4 && rest[0] == Fill)
        {
            marker = rest[1];
            if (marker == Fill)
            {
                rest = rest[1..];
                continue;
            }

            if (marker is 0x01 or (>= 0xD0 and <= 0xD7))
            {
                // They stand alone, and mean nothing here.
                rest = rest[2..];
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (marker < 0xC0 || marker is 0xD8 or 0xD9 || length < 2 || length + 2 > rest.Length)
            {
                return false;
            }

            data = rest.Slice(4, length - 2);
            rest = rest[(length + 2)..];
            return true;
        }

        return false;
    }

    /// <summary>Baseline, extended and progressive, Huffman or arithmetic, of 8 bits; a second frame is none.</summary>
    private static bool TryReadFrame(byte marker, ReadOnlySpan<byte> data, ref PictureHeader header)
    {
        if (marker is not (0xC0 or 0xC1 or 0xC2 or 0xC9 or 0xCA) || header.Width > 0 || data.Length < 6 || data[0] != 8)
        {
            return false;
        }

        header = header with { Height = BinaryPrimitives.ReadUInt16BigEndian(data[1..]), Width = BinaryPrimitives.ReadUInt16BigEndian(data[3..]) };
        return header is { Width: > 0, Height: > 0 };
    }
}
