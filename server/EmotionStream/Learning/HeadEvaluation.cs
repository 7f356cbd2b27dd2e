using System.Numerics.Tensors;
using EmotionStream.Faces.Emotion;
using EmotionStream.Models;

namespace EmotionStream.Learning;

/// <summary>Measures a head on labeled faces.</summary>
internal static class HeadEvaluation
{
    public static HeadFigures Figures(EmotionHead head, Embeddings faces, ReadOnlySpan<byte> labels)
    {
        var confusion = new Confusion(EmotionReading.Labels);
        var embedding = new float[faces.Size];
        for (var i = 0; i < faces.Count; i++)
        {
            faces.CopyRow(i, embedding);
            confusion.Add(labels[i], head.Answer(embedding));
        }

        return HeadFigures.Of(confusion);
    }

    public static HeadFigures Figures(EmotionHead head, IReadOnlyList<LabeledFace> faces)
    {
        var confusion = new Confusion(EmotionReading.Labels);
        foreach (var face in faces)
        {
            confusion.Add(face.Label, Answer(head, face));
        }

        return HeadFigures.Of(confusion);
    }

    /// <summary>The share of the faces that a head gets right, where no contributor counts for more than <see cref="Influence"/> allows.</summary>
    public static double WeighedAccuracy(EmotionHead head, IReadOnlyList<LabeledFace> faces)
    {
        var weights = Influence.Of(faces);
        var right = faces.Select((face, i) => Answer(head, face) == face.Label ? weights[i] : 0).Sum();
        return faces.Count == 0 ? 0 : right / weights.Sum();
    }

    private static int Answer(EmotionHead head, LabeledFace face)
    {
        Span<float> embedding = new float[face.Embedding.Length];
        TensorPrimitives.ConvertToSingle(face.Embedding, embedding);
        return head.Answer(embedding);
    }
}
