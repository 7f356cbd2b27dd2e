using System.Buffers.Binary;

namespace EmotionStream.SignalR.MessagePack.Format;

/// <content>The headers that announce lengths, and the primitive writes under everything.</content>
internal ref partial struct MessagePackWriter
{
    public void WriteArrayHeader(int count)
    {
        if (count <= MessagePackCode.MaxFixArray - MessagePackCode.FixArray)
        {
            WriteByte((byte)(MessagePackCode.FixArray + count));
            return;
        }

        WriteWideHeader(MessagePackCode.Array16, MessagePackCode.Array32, count);
    }

    public void WriteMapHeader(int count)
    {
        if (count <= MessagePackCode.MaxFixMap - MessagePackCode.FixMap)
        {
            WriteByte((byte)(MessagePackCode.FixMap + count));
            return;
        }

        WriteWideHeader(MessagePackCode.Map16, MessagePackCode.Map32, count);
    }

    public void WriteExtension(sbyte type, scoped ReadOnlySpan<byte> value)
    {
        WriteExtensionHeader(value.Length);
        WriteByte((byte)type);
        WriteRaw(value);
    }

    private void WriteExtensionHeader(int length)
    {
        switch (length)
        {
            case 1 or 2 or 4 or 8 or 16:
                WriteByte((byte)(MessagePackCode.FixExtension1 + int.Log2(length)));
                break;
            case <= byte.MaxValue:
                WriteByte(MessagePackCode.Extension8);
                WriteByte((byte)length);
                break;
            default:
                WriteWideHeader(MessagePackCode.Extension16, MessagePackCode.Extension32, length);
                break;
        }
    }

    private void WriteStringHeader(int length)
    {
        switch (length)
        {
            case <= MessagePackCode.MaxFixString - MessagePackCode.FixString:
                WriteByte((byte)(MessagePackCode.FixString + length));
                break;
            case <= byte.MaxValue:
                WriteByte(MessagePackCode.String8);
                WriteByte((byte)length);
                break;
            default:
                WriteWideHeader(MessagePackCode.String16, MessagePackCode.String32, length);
                break;
        }
    }

    private void WriteBinaryHeader(int length)
    {
        if (length <= byte.MaxValue)
        {
            WriteByte(MessagePackCode.Binary8);
            WriteByte((byte)length);
            return;
        }

        WriteWideHeader(MessagePackCode.Binary16, MessagePackCode.Binary32, length);
    }

    private void WriteWideHeader(byte code16, byte code32, int length)
    {
        if (length <= ushort.MaxValue)
        {
            WriteUInt16(code16, (ushort)length);
            return;
        }

        WriteUInt32(code32, (uint)length);
    }

    private void WriteByte(byte value)
    {
        Room(1)[0] = value;
        _used++;
    }

    private void WriteUInt16(byte code, ushort value)
    {
        var room = Room(3);
        room[0] = code;
        BinaryPrimitives.WriteUInt16BigEndian(room[1..], value);
        _used += 3;
    }

    private void WriteUInt32(byte code, uint value)
    {
        var room = Room(5);
        room[0] = code;
        BinaryPrimitives.WriteUInt32BigEndian(room[1..], value);
        _used += 5;
    }

    private void WriteUInt64(byte code, ulong value)
    {
        var room = Room(9);
        room[0] = code;
        BinaryPrimitives.WriteUInt64BigEndian(room[1..], value);
        _used += 9;
    }

    private Span<byte> Room(int length)
    {
        if (_free.Length - _used < length)
        {
            Flush();
            _free = _output.GetSpan(length);
        }

        return _free[_used..];
    }
}
