namespace EmotionStream.Faces.Onnx;

/// <summary>The fields of one protocol buffer message, in order; stops where the bytes make no sense.</summary>
internal ref struct ProtobufFields(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    public int Number { get; private set; }

    public ulong Value { get; private set; }

    public ReadOnlySpan<byte> Bytes { get; private set; }

    public readonly ProtobufFields Current => this;

    public readonly ProtobufFields GetEnumerator() => this;

    public static ulong ReadNumber(ref ReadOnlySpan<byte> bytes)
    {
        ulong number = 0;
        for (var shift = 0; !bytes.IsEmpty && shift < 64; shift += 7)
        {
            var part = bytes[0];
            bytes = bytes[1..];
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                break;
            }
        }

        return number;
    }

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = ReadNumber(ref _rest);
        Number = (int)(tag >> 3);
        Bytes = default;
        switch (tag & 7)
        {
            case 0:
                Value = ReadNumber(ref _rest);
                return true;
            case 1:
                return Skip(8);
            case 2:
                var length = ReadNumber(ref _rest);
                Bytes = length <= (ulong)_rest.Length ? _rest[..(int)length] : _rest;
                return Skip(Bytes.Length);
            case 5:
                return Skip(4);
            default:
                return false;
        }
    }

    private bool Skip(int length)
    {
        if (length > _rest.Length)
        {
            return false;
        }

        _rest = _rest[length..];
        return true;
    }
}
