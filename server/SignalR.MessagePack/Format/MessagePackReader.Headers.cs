using System.Buffers;

namespace EmotionStream.SignalR.MessagePack.Format;

/// <content>The headers that announce lengths, and the primitive reads under everything.</content>
internal ref partial struct MessagePackReader
{
    /// <summary>How many items follow; never more than the bytes that are left could hold.</summary>
    public int ReadArrayHeader()
    {
        var code = ReadByte();
        var count = code switch
        {
            >= MessagePackCode.FixArray and <= MessagePackCode.MaxFixArray => (uint)(code - MessagePackCode.FixArray),
            MessagePackCode.Array16 => ReadUInt16(),
            MessagePackCode.Array32 => ReadUInt32(),
            _ => throw Malformed.Unexpected(code, "an array"),
        };

        return Bounded(count, smallestItem: 1);
    }

    /// <summary>How many pairs follow; never more than the bytes that are left could hold.</summary>
    public int ReadMapHeader()
    {
        var code = ReadByte();
        var count = code switch
        {
            >= MessagePackCode.FixMap and <= MessagePackCode.MaxFixMap => (uint)(code - MessagePackCode.FixMap),
            MessagePackCode.Map16 => ReadUInt16(),
            MessagePackCode.Map32 => ReadUInt32(),
            _ => throw Malformed.Unexpected(code, "a map"),
        };

        return Bounded(count, smallestItem: 2);
    }

    private uint ReadStringLength()
    {
        var code = ReadByte();
        return code switch
        {
            >= MessagePackCode.FixString and <= MessagePackCode.MaxFixString => (uint)(code - MessagePackCode.FixString),
            MessagePackCode.String8 => ReadByte(),
            MessagePackCode.String16 => ReadUInt16(),
            MessagePackCode.String32 => ReadUInt32(),
            _ => throw Malformed.Unexpected(code, "a string"),
        };
    }

    private uint ReadBinaryLength()
    {
        var code = ReadByte();
        return code switch
        {
            MessagePackCode.Binary8 => ReadByte(),
            MessagePackCode.Binary16 => ReadUInt16(),
            MessagePackCode.Binary32 => ReadUInt32(),
            _ => throw Malformed.Unexpected(code, "binary data"),
        };
    }

    private uint ReadExtensionLength()
    {
        var code = ReadByte();
        return code switch
        {
            >= MessagePackCode.FixExtension1 and <= MessagePackCode.FixExtension16 => 1u << (code - MessagePackCode.FixExtension1),
            MessagePackCode.Extension8 => ReadByte(),
            MessagePackCode.Extension16 => ReadUInt16(),
            MessagePackCode.Extension32 => ReadUInt32(),
            _ => throw Malformed.Unexpected(code, "an extension"),
        };
    }

    private readonly int Bounded(uint count, int smallestItem) =>
        (long)count * smallestItem <= _bytes.Remaining ? (int)count : throw Malformed.Truncated();

    private ReadOnlySequence<byte> Take(uint length)
    {
        if (length > _bytes.Remaining)
        {
            throw Malformed.Truncated();
        }

        var taken = _bytes.UnreadSequence.Slice(0, length);
        _bytes.Advance(length);
        return taken;
    }

    private readonly byte Peek() => _bytes.TryPeek(out var code) ? code : throw Malformed.Truncated();

    private byte ReadByte() => _bytes.TryRead(out var value) ? value : throw Malformed.Truncated();

    private ushort ReadUInt16() => _bytes.TryReadBigEndian(out short value) ? (ushort)value : throw Malformed.Truncated();

    private uint ReadUInt32() => _bytes.TryReadBigEndian(out int value) ? (uint)value : throw Malformed.Truncated();

    private long ReadInt64() => _bytes.TryReadBigEndian(out long value) ? value : throw Malformed.Truncated();
}
