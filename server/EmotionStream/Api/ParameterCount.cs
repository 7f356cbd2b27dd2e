namespace EmotionStream.Api;

/// <summary>Counts the trained numbers in an ONNX file, which ONNX Runtime does not tell.</summary>
/// <remarks>
/// Walks the protocol buffer as onnx.proto numbers its fields: model.graph = 7, graph.initializer = 5, tensor.dims = 1,
/// tensor.data_type = 2, where 1 is a 32-bit float and 10 a 16-bit one; 3 and 2 are 8-bit numbers of quantised files.
/// </remarks>
internal static class ParameterCount
{
    private const int Graph = 7;
    private const int Initializer = 5;
    private const int Dimensions = 1;
    private const int DataType = 2;
    private static readonly ulong[] Trained = [1, 10, 2, 3];

    public static long Of(ReadOnlySpan<byte> file)
    {
        long count = 0;
        foreach (var model in new Fields(file))
        {
            if (model.Number != Graph)
            {
                continue;
            }

            foreach (var graph in new Fields(model.Bytes))
            {
                count += graph.Number == Initializer ? SizeOf(graph.Bytes) : 0;
            }
        }

        return count;
    }

    private static long SizeOf(ReadOnlySpan<byte> tensor)
    {
        long size = 1;
        ulong type = 0;
        foreach (var field in new Fields(tensor))
        {
            if (field.Number == DataType)
            {
                type = field.Value;
            }
            else if (field.Number == Dimensions)
            {
                // Written one by one or packed into one field: both are allowed.
                for (var packed = field.Bytes; !packed.IsEmpty;)
                {
                    size *= (long)Fields.ReadNumber(ref packed);
                }

                size *= field.Bytes.IsEmpty ? (long)field.Value : 1;
            }
        }

        return Trained.Contains(type) ? size : 0;
    }

    /// <summary>The fields of one message, in order; stops where the bytes make no sense.</summary>
    private ref struct Fields(ReadOnlySpan<byte> message)
    {
        private ReadOnlySpan<byte> _rest = message;

        public int Number { get; private set; }

        public ulong Value { get; private set; }

        public ReadOnlySpan<byte> Bytes { get; private set; }

        public readonly Fields Current => this;

        public readonly Fields GetEnumerator() => this;

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
}
