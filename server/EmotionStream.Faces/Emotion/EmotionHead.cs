using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace EmotionStream.Faces.Emotion;

/// <summary>The last layer of an emotion model: what turns an embedding into one number a label.</summary>
/// <param name="Weights">Label after label, as many each as an embedding has.</param>
/// <param name="Bias">One a label.</param>
internal sealed record EmotionHead(float[] Weights, float[] Bias)
{
    public int EmbeddingSize => Weights.Length / Bias.Length;

    /// <summary>The label that the head gives an embedding.</summary>
    public int Answer(ReadOnlySpan<float> embedding)
    {
        Span<float> logits = stackalloc float[EmotionReading.Labels];
        Logits(embedding, logits);
        return TensorPrimitives.IndexOfMax<float>(logits);
    }

    public void Logits(ReadOnlySpan<float> embedding, Span<float> logits)
    {
        for (var label = 0; label < Bias.Length; label++)
        {
            logits[label] = Bias[label] + TensorPrimitives.Dot(Weights.AsSpan(label * EmbeddingSize, EmbeddingSize), embedding);
        }
    }

    /// <summary>A part of the way from this head to another, 0 to 1.</summary>
    public EmotionHead Toward(EmotionHead other, float part)
    {
        var (weights, bias) = (new float[Weights.Length], new float[Bias.Length]);
        TensorPrimitives.Lerp(Weights, other.Weights, part, weights);
        TensorPrimitives.Lerp(Bias, other.Bias, part, bias);
        return new EmotionHead(weights, bias);
    }

    public byte[] ToBytes() => [.. MemoryMarshal.AsBytes<float>(Weights), .. MemoryMarshal.AsBytes<float>(Bias)];

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static EmotionHead FromBytes(ReadOnlySpan<byte> bytes)
    {
        var numbers = MemoryMarshal.Cast<byte, float>(bytes);
        return new EmotionHead([.. numbers[..^EmotionReading.Labels]], [.. numbers[^EmotionReading.Labels..]]);
    }

    public bool Equals(EmotionHead? other) =>
        other is not null && Weights.AsSpan().SequenceEqual(other.Weights) && Bias.AsSpan().SequenceEqual(other.Bias);

    public override int GetHashCode() => HashCode.Combine(Weights.Length, Bias[0]);
}
