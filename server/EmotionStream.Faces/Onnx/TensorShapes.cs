using Microsoft.ML.OnnxRuntime;

namespace EmotionStream.Faces.Onnx;

/// <summary>Checks a model's tensors by name and says in plain words what is wrong.</summary>
internal sealed class TensorShapes(string path, string kind, IReadOnlyDictionary<string, NodeMetadata> tensors)
{
    /// <summary>Expects float32 of [batch, rest...]; sizes the file leaves open pass.</summary>
    public void Expect(string name, params ReadOnlySpan<int> rest)
    {
        var found = Dimensions(name);
        var fits = found.Length == rest.Length + 1;
        for (var i = 0; fits && i < rest.Length; i++)
        {
            fits = found[i + 1] == rest[i] || found[i + 1] < 0;
        }

        if (!fits)
        {
            throw new ModelLoadException(path, $"its {kind} '{name}' has the shape {Text(found)}, not {Text([-1, .. rest])}.");
        }
    }

    /// <summary>Expects float32 of [batch, n] and returns n.</summary>
    public int ExpectVector(string name)
    {
        var found = Dimensions(name);
        return found.Length == 2 && found[1] > 0
            ? found[1]
            : throw new ModelLoadException(path, $"its {kind} '{name}' has the shape {Text(found)}, not [batch, a fixed size].");
    }

    private static string Text(ReadOnlySpan<int> dimensions) =>
        $"[{string.Join(", ", dimensions.ToArray().Select(size => size < 0 ? "batch" : size.ToString(System.Globalization.CultureInfo.InvariantCulture)))}]";

    private int[] Dimensions(string name)
    {
        if (!tensors.TryGetValue(name, out var tensor))
        {
            throw new ModelLoadException(path, $"it has no {kind} '{name}' (it has {string.Join(", ", tensors.Keys)}).");
        }

        return tensor.ElementType == typeof(float)
            ? tensor.Dimensions
            : throw new ModelLoadException(path, $"its {kind} '{name}' is of {tensor.ElementType.Name}, not of 32-bit floats.");
    }
}
