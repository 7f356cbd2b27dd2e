using System.Buffers.Binary;

namespace EmotionStream.Fuzz;

/// <summary>Makes a few changes to an input.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> words)
{
    private const int MostChanges = 6;
    private const int LongestBlock = 64;

    private static readonly uint[] Numbers =
        [0, 1, 2, 7, 8, 16, 32, 64, 127, 128, 255, 256, 1000, 4096, 32_767, 32_768, 65_535, 65_536, 1 << 20, int.MaxValue, 0x8000_0000, uint.MaxValue];

    public Random Random => random;

    public byte[] Mutate(byte[] earlier, byte[] other)
    {
        var bytes = new List<byte>(earlier);
        for (var changes = random.Next(1, MostChanges + 1); changes > 0; changes--)
        {
            Change(bytes, other);
        }

        return [.. bytes];
    }

    private void Change(List<byte> bytes, byte[] other)
    {
        if (bytes.Count == 0)
        {
            bytes.AddRange(other);
            return;
        }

        var at = random.Next(bytes.Count);
        var length = Math.Min(random.Next(1, LongestBlock), bytes.Count - at);
        switch (random.Next(words.Count > 0 ? 10 : 8))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes.Insert(at, (byte)random.Next(256));
                break;
            case 3:
                bytes.RemoveRange(at, random.Next(3) == 0 ? length : 1);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 5:
                Write(bytes, at);
                break;
            case 6 when other.Length > 0:
                var from = random.Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + length)]);
                break;
            case 7:
                // Now and then only: what is cut short is refused soon.
                bytes.RemoveRange(at, random.Next(4) == 0 ? bytes.Count - at : 1);
                break;
            case 8:
                bytes.InsertRange(at, Word());
                break;
            default:
                var word = words.Count > 0 ? Word() : [];
                for (var i = 0; i < word.Length && at + i < bytes.Count; i++)
                {
                    bytes[at + i] = word[i];
                }

                break;
        }
    }

    private byte[] Word() => words[random.Next(words.Count)];

    /// <summary>Writes a number that is likely to be a wrong size or length, in either byte order.</summary>
    private void Write(List<byte> bytes, int at)
    {
        Span<byte> number = stackalloc byte[4];
        var width = 1 << random.Next(3);
        var value = Numbers[random.Next(Numbers.Length)];
        if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(number, value);
            number = number[^width..];
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(number, value);
            number = number[..width];
        }

        for (var i = 0; i < number.Length && at + i < bytes.Count; i++)
        {
            bytes[at + i] = number[i];
        }
    }
}
