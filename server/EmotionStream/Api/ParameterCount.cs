using EmotionStream.Faces.Onnx;

namespace EmotionStream.Api;

/// <summary>Counts the trained numbers in an ONNX file, which ONNX Runtime does not tell.</summary>
/// <remarks>
/// Walks the protocol buffer as onnx.proto numbers its fields: model.graph = 7, graph.initializer = 5, tensor.dims = 1,
/// tensor.data_type = 2, where 1 is a 32-bit float and 10 a 16-bit one; 3 and 2 are 8-bit numbers of quantized files.
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
        foreach (var model in new ProtobufFields(file))
        {
            if (model.Number != Graph)
            {
                continue;
            }

            foreach (var graph in new ProtobufFields(model.Bytes))
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
        foreach (var field in new ProtobufFields(tensor))
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
                    size *= (long)ProtobufFields.ReadNumber(ref packed);
                }

                size *= field.Bytes.IsEmpty ? (long)field.Value : 1;
            }
        }

        return Trained.Contains(type) ? size : 0;
    }
}
