namespace EmotionStream.Faces.Emotion;

/// <summary>Counts answers by true label and derives the figures that only need those counts.</summary>
internal sealed class Confusion(int labels)
{
    private readonly int[][] _counts = [.. Enumerable.Range(0, labels).Select(_ => new int[labels])];

    /// <summary>Rows are the truth, columns the answers.</summary>
    public IReadOnlyList<int[]> Counts => _counts;

    public int Total => _counts.Sum(row => row.Sum());

    public int Right => Enumerable.Range(0, labels).Sum(label => _counts[label][label]);

    public double Accuracy => Ratio(Right, Total);

    /// <summary>The mean over the labels that occur; a set without contempt says nothing of contempt.</summary>
    public double MeanRecall => MeanOver(Recall);

    /// <summary>The mean over the labels that occur.</summary>
    public double MacroF1 => MeanOver(F1);

    public void Add(int truth, int answer) => _counts[truth][answer]++;

    public int Pictures(int label) => _counts[label].Sum();

    public double Recall(int label) => Ratio(_counts[label][label], Pictures(label));

    public double Precision(int label) => Ratio(_counts[label][label], Answers(label));

    public double F1(int label) => Ratio(2 * _counts[label][label], Pictures(label) + Answers(label));

    private int Answers(int label) => _counts.Sum(row => row[label]);

    private double MeanOver(Func<int, double> figure) =>
        Enumerable.Range(0, labels).Where(label => Pictures(label) > 0).Select(figure).DefaultIfEmpty().Average();

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
