using System.Buffers.Binary;
using System.IO.Compression;
using EmotionStream.Faces.Decoding;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Vision;

/// <summary>Files that are nearly pictures: a few changes to a sound one, the same for the same number.</summary>
/// <remarks>Every other one is changed only in what the decoder reads behind the gate, which stops most of the rest.</remarks>
internal sealed class PictureMutants
{
    private const int MostChanges = 6;
    private const int LongestBlock = 64;

    // They stay, since without them nothing is tried.
    private const int FormatBytes = 2;

    // Deflated with a window of 32 KB, as every PNG's pixels here are (RFC 1950).
    private const byte ZlibHeader = 0x78;

    // Where formats keep their sizes, kinds and first lengths.
    private const int Head = 64;

    private readonly Dictionary<PictureFormat, byte[][]> _sound = new()
    {
        [PictureFormat.Jpeg] =
        [
            TestJpeg.Color(160, 120), TestJpeg.Gray(64, 48), TestJpeg.ProgressiveColor(160, 120), TestJpeg.Cmyk(64, 48),
            PictureFiles.WithExif(TestJpeg.Color(64, 48), 6, "a description"), PictureFiles.Jpeg("happy"),
        ],
        [PictureFormat.Png] =
        [
            PngWriter.Gray(64, 48, (x, y) => x * y), PngWriter.Png(5, 3, 0, [0, 0, 0, 4, 0, 2, 0, 20, 22, 24, 0, 1, 3, 0, 21, 23, 0, 10, 11, 12, 13, 14], interlace: 1),
            PngWriter.Png(3, 1, 3, [0, 1, 0, 2], palette: [0, 0, 0, 255, 255, 255, 100, 100, 100], opacity: [255, 255, 0]),
            PngWriter.Png(2, 1, 6, [0, 255, 255, 255, 255, 255, 255, 255, 0]), PngWriter.Png(4, 1, 0, [0, 1, 255, 2, 255, 3, 255, 200, 0], depth: 16),
            PictureFiles.Png("happy"), PictureFiles.SixteenBitPng("happy"), PictureFiles.AnimatedPng("happy"),
        ],
        [PictureFormat.WebP] =
        [
            TestWebP.Lossy(64, 48), TestWebP.Lossless(64, 48), TestWebP.LossyWithAlpha(64, 48), TestWebP.LosslessWithAlpha(64, 48),
            PictureFiles.WebP("happy"), PictureFiles.LosslessWebP("happy"), PictureFiles.AnimatedWebP("happy"),
        ],
    };

    /// <summary>What the mutants are made of.</summary>
    public IReadOnlyList<byte[]> Sound(PictureFormat format) => _sound[format];

    public byte[] Make(PictureFormat format, int number)
    {
        var random = new Random((3 * number) + (int)format);
        var sound = _sound[format];
        var file = sound[random.Next(sound.Length)];
        var other = sound[random.Next(sound.Length)];
        var parts = number % 2 == 0 ? [] : PictureParts.Of(format, file);
        byte[] mutant;
        if (parts.Length == 0)
        {
            mutant = Changed(file, FormatBytes, other, random);
        }
        else
        {
            var part = parts[random.Next(parts.Length)];
            var deflated = format == PictureFormat.Png && number % 4 == 1 && file[part][0] == ZlibHeader;
            mutant = PictureParts.Replace(
                format, file, part, deflated ? Deflated(Changed(Inflated(file[part]), 0, other, random)) : Changed(file[part], 0, other, random));
        }

        if (format == PictureFormat.Png)
        {
            CorrectChecksums(mutant);
        }

        return mutant;
    }

    private static byte[] Changed(byte[] bytes, int kept, byte[] other, Random random)
    {
        var file = new List<byte>(bytes);
        for (var changes = random.Next(1, MostChanges + 1); changes > 0 && file.Count > kept; changes--)
        {
            Change(file, kept, other, random);
        }

        return [.. file];
    }

    /// <summary>A PNG's rows, or as many as are in this chunk: a change in them comes further than zlib.</summary>
    private static byte[] Inflated(byte[] zlib)
    {
        using var stream = new ZLibStream(new MemoryStream(zlib), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        stream.CopyTo(rows);
        return rows.ToArray();
    }

    private static byte[] Deflated(byte[] rows)
    {
        using var zlib = new MemoryStream();
        using (var stream = new ZLibStream(zlib, CompressionLevel.Fastest))
        {
            stream.Write(rows);
        }

        return zlib.ToArray();
    }

    private static void Change(List<byte> file, int kept, byte[] other, Random random)
    {
        var at = random.Next(kept, random.Next(2) == 0 ? Math.Min(Head, file.Count) : file.Count);
        var length = Math.Min(random.Next(1, LongestBlock), file.Count - at);
        switch (random.Next(9))
        {
            case 0:
                file[at] = (byte)random.Next(256);
                break;
            case 1:
                file[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2 or 3 or 4:
                Write(file, at, random);
                break;
            case 5:
                file.RemoveRange(at, length);
                break;
            case 6:
                file.InsertRange(at, file.GetRange(at, length));
                break;
            case 7:
                var from = random.Next(other.Length);
                file.InsertRange(at, other[from..Math.Min(other.Length, from + length)]);
                break;
            default:
                // Now and then only: what is cut short is refused soon.
                if (random.Next(4) == 0 && file.Count > Head)
                {
                    file.RemoveRange(at, file.Count - at);
                }

                break;
        }
    }

    /// <summary>Writes a number that is likely to be a wrong size or length, in either byte order.</summary>
    private static void Write(List<byte> file, int at, Random random)
    {
        uint[] numbers = [0, 1, 8, 16, 255, 2000, 5000, 8192, 16_383, 16_384, 32_767, 65_535, 1 << 20, int.MaxValue, 0x8000_0000, uint.MaxValue, (uint)random.Next()];
        var bytes = new byte[4];
        var number = numbers[random.Next(numbers.Length)];
        var width = 1 << random.Next(3);
        if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
            bytes = bytes[^width..];
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
            bytes = bytes[..width];
        }

        for (var i = 0; i < bytes.Length && at + i < file.Count; i++)
        {
            file[at + i] = bytes[i];
        }
    }

    /// <summary>Makes the checksums right, so that a change comes further than to them.</summary>
    public static void CorrectChecksums(byte[] png)
    {
        for (var at = PngChunks.Signature.Length; png.Length - at >= 12;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at));
            if (length > png.Length - at - 12)
            {
                return;
            }

            var body = png.AsSpan(at + 4, 4 + (int)length);
            BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(at + 8 + (int)length), PngChunks.Checksum(body));
            at += 12 + (int)length;
        }
    }
}
