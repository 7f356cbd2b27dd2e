using System.Buffers.Binary;

namespace EmotionStream.Faces.Decoding;

/// <summary>Walks over a PNG's chunks, none of which is longer than what is left of the file.</summary>
internal ref struct PngChunks(ReadOnlySpan<byte> file)
{
    // A chunk's length, type and checksum.
    private const int Overhead = 12;
    private static readonly byte[] SignatureBytes = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(value => Crc((uint)value))];

    private ReadOnlySpan<byte> _rest = file[SignatureBytes.Length..];

    /// <summary>What every PNG begins with.</summary>
    public static ReadOnlySpan<byte> Signature => SignatureBytes;

    public ReadOnlySpan<byte> Type { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>The current chunk with its length and its checksum.</summary>
    public ReadOnlySpan<byte> Whole { get; private set; }

    /// <summary>Whether the current chunk's checksum is right.</summary>
    public readonly bool IsSound => Checksum(Whole[4..^4]) == BinaryPrimitives.ReadUInt32BigEndian(Whole[^4..]);

    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(SignatureBytes);

    /// <summary>Steps to the next chunk; false where the file is cut short.</summary>
    public bool Next()
    {
        if (_rest.Length < Overhead || BinaryPrimitives.ReadUInt32BigEndian(_rest) > _rest.Length - Overhead)
        {
            return false;
        }

        Whole = _rest[..(Overhead + (int)BinaryPrimitives.ReadUInt32BigEndian(_rest))];
        Type = Whole[4..8];
        Data = Whole[8..^4];
        _rest = _rest[Whole.Length..];
        return true;
    }

    /// <summary>CRC-32 as the PNG specification defines it (annex D).</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum = CrcTable[(byte)(sum ^ value)] ^ (sum >> 8);
        }

        return ~sum;
    }

    private static uint Crc(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : 0xEDB88320 ^ (value >> 1);
        }

        return value;
    }
}
