using System.Text;

namespace EmotionStream.Tests.Kit;

/// <summary>An ONNX file that answers as an emotion model does, in 3 KB instead of 4 MB: nearly all of it is structure, so changes matter.</summary>
/// <remarks>onnx.proto numbers: model.ir_version = 1, .graph = 7, .opset_import = 8; graph.node = 1, .name = 2, .initializer = 5, .input = 11, .output = 12.</remarks>
internal static class TinyModel
{
    private const int Float = 1;

    /// <param name="stateSize">Numbers of a recurrent state.</param>
    /// <param name="last">The operator that makes the emotions of the still's; another than Identity may not give what is declared.</param>
    public static byte[] Make(long stateSize = 4, string last = "Identity") => Message(
        Number(1, 8),
        Bytes(7, Graph(stateSize, last)),
        Bytes(8, Number(2, 17)));

    private static byte[] Graph(long stateSize, string last) => Message(
        Node("Conv", ["faces", "weights", "bias"], ["maps"], Ints("kernel_shape", 8, 8), Ints("strides", 8, 8)),
        Node("GlobalAveragePool", ["maps"], ["pooled"]),
        Node("Flatten", ["pooled"], ["embedding"]),
        Node("Softmax", ["embedding"], ["still"]),
        Node(last, ["still"], ["emotions"]),
        Node("Tanh", ["h"], ["h'"]),
        Node("Tanh", ["c"], ["c'"]),
        Bytes(2, "tiny"u8),
        Initializer("weights", [.. Enumerable.Range(0, 512).Select(i => ((i % 17) - 8) / 1e4f)], 8, 1, 8, 8),
        Initializer("bias", [.. Enumerable.Range(0, 8).Select(i => i / 8f)], 8),
        Value(11, "faces", 1, 48, 48), Value(11, "h", stateSize), Value(11, "c", stateSize),
        Value(12, "emotions", 8), Value(12, "still", 8), Value(12, "embedding", 8), Value(12, "maps", 8, 6, 6), Value(12, "h'", stateSize), Value(12, "c'", stateSize));

    private static byte[] Node(string kind, string[] inputs, string[] outputs, params byte[][] attributes) => Bytes(1, Message(
        [.. inputs.Select(input => Text(1, input)), .. outputs.Select(output => Text(2, output)), Text(4, kind), .. attributes]));

    /// <summary>attribute.name = 1, .ints = 8, .type = 20, where 7 is a list of integers.</summary>
    private static byte[] Ints(string name, params long[] values) =>
        Bytes(5, Message([Text(1, name), .. values.Select(value => Number(8, value)), Number(20, 7)]));

    /// <summary>tensor.dims = 1, .data_type = 2, .name = 8, .raw_data = 9.</summary>
    private static byte[] Initializer(string name, float[] values, params long[] sizes) => Bytes(5, Message(
        [.. sizes.Select(size => Number(1, size)), Number(2, Float), Text(8, name), Bytes(9, System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values))]));

    /// <summary>value_info.name = 1, .type = 2; type.tensor_type = 1; tensor.elem_type = 1, .shape = 2; shape.dim = 1; dim.value = 1, .param = 2.</summary>
    private static byte[] Value(int field, string name, params long[] sizes) => Bytes(field, Message(
        Text(1, name),
        Bytes(2, Bytes(1, Message(Number(1, Float), Bytes(2, Message([Bytes(1, Text(2, "batch")), .. sizes.Select(size => Bytes(1, Number(1, size)))])))))));

    private static byte[] Message(params byte[][] fields) => [.. fields.SelectMany(field => field)];

    private static byte[] Number(int field, long value) => [.. Varint((ulong)field << 3), .. Varint((ulong)value)];

    private static byte[] Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    private static byte[] Bytes(int field, ReadOnlySpan<byte> value) => [.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)value.Length), .. value];

    private static List<byte> Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return bytes;
    }
}
