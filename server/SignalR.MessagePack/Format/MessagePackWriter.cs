using System.Buffers;
using System.Text;

namespace EmotionStream.SignalR.MessagePack.Format;

/// <summary>Writes MessagePack values, each in its shortest encoding, into a buffer writer.</summary>
/// <remarks>What was written reaches the buffer writer with <see cref="Flush"/>.</remarks>
internal ref partial struct MessagePackWriter(IBufferWriter<byte> output)
{
    private readonly IBufferWriter<byte> _output = output;
    private Span<byte> _free;
    private int _used;
    private int _depth;

    /// <summary>Counts one more level of nesting, so that an object that contains itself fails instead of ending the process.</summary>
    public void Enter()
    {
        if (++_depth > MessagePackLimits.MaxDepth)
        {
            throw new InvalidOperationException($"Values nest deeper than {MessagePackLimits.MaxDepth} levels; does one contain itself?");
        }
    }

    public void Leave() => _depth--;

    public void Flush()
    {
        _output.Advance(_used);
        _free = default;
        _used = 0;
    }

    public void WriteNil() => WriteByte(MessagePackCode.Nil);

    public void WriteBoolean(bool value) => WriteByte(value ? MessagePackCode.True : MessagePackCode.False);

    public void WriteInteger(long value)
    {
        switch (value)
        {
            case >= 0:
                WriteInteger((ulong)value);
                break;
            case >= -32:
                WriteByte((byte)value);
                break;
            case >= sbyte.MinValue:
                WriteByte(MessagePackCode.Int8);
                WriteByte((byte)value);
                break;
            case >= short.MinValue:
                WriteUInt16(MessagePackCode.Int16, (ushort)value);
                break;
            case >= int.MinValue:
                WriteUInt32(MessagePackCode.Int32, (uint)value);
                break;
            default:
                WriteUInt64(MessagePackCode.Int64, (ulong)value);
                break;
        }
    }

    public void WriteInteger(ulong value)
    {
        switch (value)
        {
            case <= MessagePackCode.MaxFixPositive:
                WriteByte((byte)value);
                break;
            case <= byte.MaxValue:
                WriteByte(MessagePackCode.UInt8);
                WriteByte((byte)value);
                break;
            case <= ushort.MaxValue:
                WriteUInt16(MessagePackCode.UInt16, (ushort)value);
                break;
            case <= uint.MaxValue:
                WriteUInt32(MessagePackCode.UInt32, (uint)value);
                break;
            default:
                WriteUInt64(MessagePackCode.UInt64, value);
                break;
        }
    }

    public void WriteSingle(float value) => WriteUInt32(MessagePackCode.Float32, BitConverter.SingleToUInt32Bits(value));

    public void WriteDouble(double value) => WriteUInt64(MessagePackCode.Float64, BitConverter.DoubleToUInt64Bits(value));

    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteNil();
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        WriteStringHeader(length);
        Encoding.UTF8.GetBytes(value, Room(length));
        _used += length;
    }

    public void WriteUtf8(scoped ReadOnlySpan<byte> value)
    {
        WriteStringHeader(value.Length);
        WriteRaw(value);
    }

    public void WriteBinary(scoped ReadOnlySpan<byte> value)
    {
        WriteBinaryHeader(value.Length);
        WriteRaw(value);
    }

    /// <summary>Bytes that are MessagePack already.</summary>
    public void WriteRaw(scoped ReadOnlySpan<byte> value)
    {
        value.CopyTo(Room(value.Length));
        _used += value.Length;
    }
}
