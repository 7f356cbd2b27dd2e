using System.Buffers.Binary;

namespace EmotionStream.Faces.Decoding;

/// <summary>Walks the chunks of a WebP file, as far as they make sense.</summary>
internal ref struct WebPChunks(ReadOnlySpan<byte> chunks)
{
    public const int FileHeaderSize = 12;

    private const int HeaderSize = 8;

    private ReadOnlySpan<byte> _rest = chunks;

    public ReadOnlySpan<byte> Type { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>The current chunk with its header.</summary>
    public ReadOnlySpan<byte> Whole { get; private set; }

    public static bool IsWebP(ReadOnlySpan<byte> file) => file.Length >= FileHeaderSize && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8);

    public static WebPChunks OfFile(ReadOnlySpan<byte> file) => new(file[FileHeaderSize..]);

    public bool Next()
    {
        if (_rest.Length < HeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(_rest[4..]) is var size && size > _rest.Length - HeaderSize)
        {
            return false;
        }

        Type = _rest[..4];
        Data = _rest.Slice(HeaderSize, (int)size);
        Whole = _rest[..(HeaderSize + (int)size)];
        // Chunks begin at even places.
        _rest = _rest[Math.Min(_rest.Length, Whole.Length + (Whole.Length & 1))..];
        return true;
    }
}
