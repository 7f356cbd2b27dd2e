using System.Numerics.Tensors;
using EmotionStream.Contracts;
using EmotionStream.Faces.Emotion;

namespace EmotionStream.Feedback;

/// <summary>How often a head gave the label that people gave, over faces it has not learned from.</summary>
/// <param name="Confusion">Rows are what people said, columns what the head answered.</param>
internal sealed record HeadFigures(int Faces, double Accuracy, double MeanRecall, IReadOnlyList<LabelShare> PerLabel, IReadOnlyList<int[]> Confusion)
{
    public static HeadFigures Of(EmotionHead head, Embeddings faces, ReadOnlySpan<byte> labels)
    {
        var confusion = new Confusion(EmotionReading.Labels);
        var embedding = new float[faces.Size];
        for (var i = 0; i < faces.Count; i++)
        {
            faces.CopyRow(i, embedding);
            confusion.Add(labels[i], head.Answer(embedding));
        }

        return Of(confusion);
    }

    public static HeadFigures Of(EmotionHead head, IReadOnlyList<LabelledFace> faces)
    {
        var confusion = new Confusion(EmotionReading.Labels);
        foreach (var face in faces)
        {
            confusion.Add(face.Label, Answer(head, face));
        }

        return Of(confusion);
    }

    /// <summary>The share of the faces that a head gets right, where no contributor counts for more than <see cref="Influence"/> allows.</summary>
    public static double WeighedAccuracy(EmotionHead head, IReadOnlyList<LabelledFace> faces)
    {
        var weights = Influence.Of(faces);
        var right = faces.Select((face, i) => Answer(head, face) == face.Label ? weights[i] : 0).Sum();
        return faces.Count == 0 ? 0 : right / weights.Sum();
    }

    private static int Answer(EmotionHead head, LabelledFace face)
    {
        Span<float> embedding = new float[face.Embedding.Length];
        TensorPrimitives.ConvertToSingle(face.Embedding, embedding);
        return head.Answer(embedding);
    }

    private static HeadFigures Of(Confusion confusion) => new(
        confusion.Total, confusion.Accuracy, confusion.MeanRecall,
        [.. EmotionLabels.All.Select((label, i) => new LabelShare(label, confusion.Pictures(i), confusion.Recall(i), confusion.Precision(i)))],
        confusion.Counts);
}

/// <summary>What was measured of one label.</summary>
internal sealed record LabelShare(string Label, int Faces, double Recall, double Precision);
