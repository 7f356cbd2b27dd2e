using System.Numerics.Tensors;

namespace EmotionStream.Faces.Emotion;

/// <summary>Many faces as the emotion model's last layer sees them, one row each, with half the bits: the head can't tell.</summary>
internal sealed class Embeddings(int size, Half[] values)
{
    public int Size => size;

    public int Count => values.Length / size;

    public ReadOnlySpan<Half> Values => values;

    public void CopyRow(int index, Span<float> embedding) => TensorPrimitives.ConvertToSingle(values.AsSpan(index * size, size), embedding);

    public static Half[] Halve(ReadOnlySpan<float> embedding)
    {
        var halves = new Half[embedding.Length];
        TensorPrimitives.ConvertToHalf(embedding, halves);
        return halves;
    }
}
