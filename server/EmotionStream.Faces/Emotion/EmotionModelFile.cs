using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using EmotionStream.Faces.Onnx;

namespace EmotionStream.Faces.Emotion;

/// <summary>An emotion model's file in memory, with its head: the 1x1 convolution that makes the class maps.</summary>
/// <remarks>
/// A head is put in its place in the bytes, before ONNX Runtime sees them: a session's AddInitializer comes too late where the runtime
/// has already rearranged the convolution's weights for the processor, and the head has to be read from here anyway.
/// onnx.proto numbers: model.graph = 7; graph.node = 1, .initializer = 5; node.input = 1, .output = 2, .op_type = 4;
/// tensor.data_type = 2 (1 is a 32-bit float), .float_data = 4, .name = 8, .raw_data = 9; model.metadata_props = 14 with key = 1, value = 2.
/// </remarks>
internal sealed class EmotionModelFile
{
    private const string Maps = "maps";
    private const string QuantizedFromKey = "quantised_from";

    private readonly Range? _weights;
    private readonly Range? _bias;

    public EmotionModelFile(string path, byte[] bytes)
    {
        (Path, Bytes, Sha256) = (path, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        QuantizedFrom = Metadata(bytes, QuantizedFromKey);
        var graph = Message(bytes, 7);
        if (HeadInputs(graph) is not [_, var weights, var bias])
        {
            return;
        }

        (_weights, _bias) = (FloatsOf(graph, weights), FloatsOf(graph, bias));
        if (_weights is { } w && _bias is { } b)
        {
            var head = new EmotionHead(Read(w), Read(b));
            Head = head.Bias.Length == EmotionReading.Labels && head.Weights.Length % EmotionReading.Labels == 0 ? head : null;
        }
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileName(Path);

    public byte[] Bytes { get; }

    public string Sha256 { get; }

    /// <summary>The hash of the file that this one was made from, where it is a quantized copy.</summary>
    public string? QuantizedFrom { get; }

    /// <summary>The file's own head; null where its class maps are made in another way.</summary>
    public EmotionHead? Head { get; }

    /// <exception cref="ModelLoadException">There is no such file, or it can't be read.</exception>
    public static EmotionModelFile Read(string path)
    {
        var found = ModelFiles.Find(path);
        try
        {
            return new EmotionModelFile(found, File.ReadAllBytes(found));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ModelLoadException(found, problem.Message, problem);
        }
    }

    /// <summary>The same model with another head.</summary>
    public byte[] With(EmotionHead head)
    {
        if (Head is null || _weights is not { } weights || _bias is not { } bias || head.Weights.Length != Head.Weights.Length)
        {
            throw new ModelLoadException(Path, "it has no head of that size.");
        }

        var bytes = (byte[])Bytes.Clone();
        MemoryMarshal.AsBytes<float>(head.Weights).CopyTo(bytes.AsSpan(weights));
        MemoryMarshal.AsBytes<float>(head.Bias).CopyTo(bytes.AsSpan(bias));
        return bytes;
    }

    private static ReadOnlySpan<byte> Message(ReadOnlySpan<byte> parent, int number)
    {
        foreach (var field in new ProtobufFields(parent))
        {
            if (field.Number == number)
            {
                return field.Bytes;
            }
        }

        return default;
    }

    private static string? Metadata(ReadOnlySpan<byte> model, string key)
    {
        foreach (var field in new ProtobufFields(model))
        {
            if (field.Number == 14 && Texts(field.Bytes, 1) is [var found] && found == key)
            {
                return Texts(field.Bytes, 2) is [var value] ? value : null;
            }
        }

        return null;
    }

    /// <summary>What goes into the convolution whose output is the class maps.</summary>
    private static string[] HeadInputs(ReadOnlySpan<byte> graph)
    {
        foreach (var part in new ProtobufFields(graph))
        {
            if (part.Number == 1 && Texts(part.Bytes, 2) is [Maps] && Texts(part.Bytes, 4) is ["Conv"])
            {
                return Texts(part.Bytes, 1);
            }
        }

        return [];
    }

    private static string[] Texts(ReadOnlySpan<byte> message, int number)
    {
        List<string> texts = [];
        foreach (var field in new ProtobufFields(message))
        {
            if (field.Number == number)
            {
                texts.Add(Encoding.UTF8.GetString(field.Bytes));
            }
        }

        return [.. texts];
    }

    /// <summary>Where in the file a tensor of 32-bit floats has its numbers.</summary>
    private Range? FloatsOf(ReadOnlySpan<byte> graph, string name)
    {
        foreach (var part in new ProtobufFields(graph))
        {
            if (part.Number == 5 && Texts(part.Bytes, 8) is [var found] && found == name)
            {
                return FloatsOf(part.Bytes);
            }
        }

        return null;
    }

    private Range? FloatsOf(ReadOnlySpan<byte> tensor)
    {
        var isFloat = false;
        ReadOnlySpan<byte> numbers = default;
        foreach (var field in new ProtobufFields(tensor))
        {
            isFloat |= field is { Number: 2, Value: 1 };
            numbers = field.Number is 4 or 9 && !field.Bytes.IsEmpty ? field.Bytes : numbers;
        }

        return isFloat && numbers.Length % sizeof(float) == 0 && Bytes.AsSpan().Overlaps(numbers, out var offset)
            ? offset..(offset + numbers.Length)
            : null;
    }

    private float[] Read(Range range) => MemoryMarshal.Cast<byte, float>(Bytes.AsSpan(range)).ToArray();
}
