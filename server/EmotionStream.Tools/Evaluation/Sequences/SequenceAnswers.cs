using EmotionStream.Contracts;

namespace EmotionStream.Tools.Evaluation.Sequences;

/// <summary>What one method said over one sequence: shares of the labels, frame by frame.</summary>
internal sealed record SequenceAnswers(int Label, IReadOnlyList<float[]> Shares)
{
    /// <summary>An exponential moving average of these answers whose weights fall with a time constant.</summary>
    public SequenceAnswers Averaged(double seconds, double framesASecond)
    {
        var weight = (float)(1 - Math.Exp(-1 / (framesASecond * seconds)));
        var averaged = new List<float[]> { Shares[0] };
        foreach (var shares in Shares.Skip(1))
        {
            averaged.Add([.. shares.Zip(averaged[^1], (now, before) => before + (weight * (now - before)))]);
        }

        return this with { Shares = averaged };
    }

    public int LabelAt(int frame) => Array.IndexOf(Shares[frame], Shares[frame].Max());

    public int Flips => Enumerable.Range(1, Shares.Count - 1).Count(frame => LabelAt(frame) != LabelAt(frame - 1));

    /// <summary>By how much a label's share changes from frame to frame, on average.</summary>
    public double MeanChange => Enumerable.Range(1, Shares.Count - 1)
        .Average(frame => Shares[frame].Zip(Shares[frame - 1], (now, before) => Math.Abs(now - before)).Average());

    /// <summary>How many frames pass before the label is said and kept to the end; all of them where the last frame is wrong.</summary>
    public int SettledAfter => Enumerable.Range(0, Shares.Count).Reverse().TakeWhile(frame => LabelAt(frame) == Label).Select(frame => (int?)frame).LastOrDefault() ?? Shares.Count;

    public static int Neutral => EmotionLabels.Neutral;
}
