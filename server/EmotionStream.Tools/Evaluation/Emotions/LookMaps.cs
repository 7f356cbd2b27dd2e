using EmotionStream.Faces.Emotion;

namespace EmotionStream.Tools.Evaluation.Emotions;

/// <summary>Averages, label by label, where in the crop the network saw what it rightly answered.</summary>
internal sealed class LookMaps(int labels)
{
    private const int Cells = EmotionReading.MapSide * EmotionReading.MapSide;

    private readonly double[][] _sums = [.. Enumerable.Range(0, labels).Select(_ => new double[Cells])];
    private readonly int[] _counts = new int[labels];

    /// <summary>The mean map of each label, row by row, 0 to 1; empty for a label never answered rightly.</summary>
    public double[][] Means => [.. _sums.Zip(_counts, (sum, count) => count == 0 ? [] : sum.Select(value => value / count).ToArray())];

    /// <param name="heat">The label's class map, stretched to 0..1 as pages are given it.</param>
    public void Add(int label, float[] heat)
    {
        _counts[label]++;
        for (var cell = 0; cell < Cells; cell++)
        {
            _sums[label][cell] += heat[cell];
        }
    }
}
