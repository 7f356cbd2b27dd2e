using System.Buffers.Binary;

namespace EmotionStream.Vision.Pictures;

/// <summary>Walks over a PNG's chunks and checks each one's length and checksum.</summary>
internal ref struct PngChunks
{
    // A chunk's length, type and checksum.
    private const int Overhead = 12;
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(value => Crc((uint)value))];

    private ReadOnlySpan<byte> _rest;

    public PngChunks(ReadOnlySpan<byte> file)
    {
        _rest = IsPng(file) ? file[Signature.Length..] : throw new PictureException("it is no PNG.");
    }

    public ReadOnlySpan<byte> Type { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>Steps to the next chunk; a file that ends before its IEND chunk is cut short.</summary>
    public void Next()
    {
        if (_rest.Length < Overhead || BinaryPrimitives.ReadUInt32BigEndian(_rest) > _rest.Length - Overhead)
        {
            throw new PictureException("the PNG is cut short.");
        }

        var length = (int)BinaryPrimitives.ReadUInt32BigEndian(_rest);
        Type = _rest.Slice(4, 4);
        Data = _rest.Slice(8, length);
        if (Checksum(_rest.Slice(4, 4 + length)) != BinaryPrimitives.ReadUInt32BigEndian(_rest[(8 + length)..]))
        {
            throw new PictureException("the PNG is damaged: a checksum is wrong.");
        }

        _rest = _rest[(Overhead + length)..];
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
