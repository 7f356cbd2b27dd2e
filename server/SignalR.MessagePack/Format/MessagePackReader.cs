using System.Buffers;
using System.Numerics;
using System.Text;
using System.Text.Unicode;

namespace EmotionStream.SignalR.MessagePack.Format;

/// <summary>Reads MessagePack values from bytes that nobody vouches for.</summary>
/// <remarks>
/// Every length is compared with the bytes that are left before it is believed, nothing is allocated from a length alone, and
/// whatever is wrong ends in <see cref="InvalidDataException"/>. A copy of the reader is a bookmark.
/// </remarks>
internal ref partial struct MessagePackReader(in ReadOnlySequence<byte> bytes)
{
    private SequenceReader<byte> _bytes = new(bytes);
    private int _depth;

    public readonly bool End => _bytes.End;

    public readonly MessagePackKind NextKind => MessagePackCode.KindOf(Peek());

    /// <summary>Counts one more level of nesting; paired with <see cref="Leave"/>.</summary>
    public void Enter()
    {
        if (++_depth > MessagePackLimits.MaxDepth)
        {
            throw Malformed.Because($"values nest deeper than {MessagePackLimits.MaxDepth} levels");
        }
    }

    public void Leave() => _depth--;

    public bool TryReadNil()
    {
        if (Peek() != MessagePackCode.Nil)
        {
            return false;
        }

        _bytes.Advance(1);
        return true;
    }

    public bool ReadBoolean()
    {
        var code = ReadByte();
        return code switch
        {
            MessagePackCode.True => true,
            MessagePackCode.False => false,
            _ => throw Malformed.Unexpected(code, "a boolean"),
        };
    }

    public T ReadInteger<T>()
        where T : struct, IBinaryInteger<T> => ReadNumber().ToInteger<T>();

    public double ReadDouble() => ReadNumber().ToDouble();

    public float ReadSingle() => ReadNumber().ToSingle();

    public MessagePackNumber ReadNumber()
    {
        var code = ReadByte();
        return code switch
        {
            <= MessagePackCode.MaxFixPositive => new((long)code),
            >= MessagePackCode.MinFixNegative => new((long)(sbyte)code),
            MessagePackCode.UInt8 => new((long)ReadByte()),
            MessagePackCode.UInt16 => new((long)ReadUInt16()),
            MessagePackCode.UInt32 => new((long)ReadUInt32()),
            MessagePackCode.UInt64 => new((ulong)ReadInt64()),
            MessagePackCode.Int8 => new((long)(sbyte)ReadByte()),
            MessagePackCode.Int16 => new((long)(short)ReadUInt16()),
            MessagePackCode.Int32 => new((long)(int)ReadUInt32()),
            MessagePackCode.Int64 => new(ReadInt64()),
            MessagePackCode.Float32 => new((double)BitConverter.UInt32BitsToSingle(ReadUInt32())),
            MessagePackCode.Float64 => new(BitConverter.Int64BitsToDouble(ReadInt64())),
            _ => throw Malformed.Unexpected(code, "a number"),
        };
    }

    public string ReadString() => Text(ReadUtf8());

    public string? ReadOptionalString() => TryReadNil() ? null : ReadString();

    /// <summary>A string's bytes, not yet checked to be UTF-8; valid as long as the sequence being read.</summary>
    public ReadOnlySpan<byte> ReadUtf8()
    {
        var text = Take(ReadStringLength());
        return text.IsSingleSegment ? text.FirstSpan : text.ToArray();
    }

    public ReadOnlySequence<byte> ReadBinary() => Take(ReadBinaryLength());

    /// <summary>An extension's bytes and its type, negative for those that MessagePack itself defines.</summary>
    public ReadOnlySequence<byte> ReadExtension(out sbyte type)
    {
        var length = ReadExtensionLength();
        type = (sbyte)ReadByte();
        return Take(length);
    }

    /// <summary>Steps over one value with everything in it, without recursion, so that its depth does not matter.</summary>
    public void Skip()
    {
        for (var pending = 1L; pending > 0; pending--)
        {
            pending += SkipHead();
        }
    }

    /// <summary>One value's bytes as they are.</summary>
    public ReadOnlySequence<byte> ReadRaw()
    {
        var start = _bytes.Position;
        Skip();
        return _bytes.Sequence.Slice(start, _bytes.Position);
    }

    internal static string Text(ReadOnlySpan<byte> utf8) =>
        Utf8.IsValid(utf8) ? Encoding.UTF8.GetString(utf8) : throw Malformed.Because("a string is not valid UTF-8");

    private long SkipHead()
    {
        switch (NextKind)
        {
            case MessagePackKind.Array:
                return ReadArrayHeader();
            case MessagePackKind.Map:
                return 2L * ReadMapHeader();
            case MessagePackKind.String:
                Take(ReadStringLength());
                return 0;
            case MessagePackKind.Binary:
                ReadBinary();
                return 0;
            case MessagePackKind.Extension:
                ReadExtension(out _);
                return 0;
            case MessagePackKind.Integer or MessagePackKind.Float:
                ReadNumber();
                return 0;
            default:
                _bytes.Advance(1);
                return 0;
        }
    }
}
