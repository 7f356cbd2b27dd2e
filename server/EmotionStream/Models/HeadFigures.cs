using EmotionStream.Contracts;
using EmotionStream.Faces.Emotion;

namespace EmotionStream.Models;

/// <summary>How often a head gave the label that people gave, over faces it has not learned from.</summary>
/// <param name="Confusion">Rows are what people said, columns what the head answered.</param>
internal sealed record HeadFigures(int Faces, double Accuracy, double MeanRecall, IReadOnlyList<LabelShare> PerLabel, IReadOnlyList<int[]> Confusion)
{
    public static HeadFigures Of(Confusion confusion) => new(
        confusion.Total, confusion.Accuracy, confusion.MeanRecall,
        [.. EmotionLabels.All.Select((label, i) => new LabelShare(label, confusion.Pictures(i), confusion.Recall(i), confusion.Precision(i)))],
        confusion.Counts);
}

/// <summary>What was measured of one label.</summary>
internal sealed record LabelShare(string Label, int Faces, double Recall, double Precision);
