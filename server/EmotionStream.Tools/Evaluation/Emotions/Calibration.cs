using EmotionStream.Contracts;

namespace EmotionStream.Tools.Evaluation.Emotions;

/// <summary>Compares how certain the answers were with how often they were right, in fifteen equal steps of certainty.</summary>
internal sealed class Calibration
{
    // As many as models/training/emotion/measure.py takes, so that the figures can be compared.
    private const int Steps = 15;

    private readonly Step[][] _steps = [.. EmotionLabels.All.Select(_ => new Step[Steps])];

    /// <summary>The mean gap between certainty and share of right answers, weighted by how many answers a step has.</summary>
    public double ExpectedError => ErrorWith(_ => 1.0 / Math.Max(1, _steps.Sum(Count)));

    /// <summary>The same if every label that occurs had as many pictures as the others.</summary>
    public double BalancedError
    {
        get
        {
            var labels = _steps.Count(own => Count(own) > 0);
            return ErrorWith(own => 1.0 / Math.Max(1, labels * Count(own)));
        }
    }

    /// <summary>The steps that have answers.</summary>
    public CalibrationStep[] Table =>
        [.. Enumerable.Range(0, Steps)
            .Select(step => (From: step, Sum: _steps.Aggregate(new Step(), (sum, own) => sum + own[step])))
            .Where(step => step.Sum.Count > 0)
            .Select(step => new CalibrationStep(
                (double)step.From / Steps, (double)(step.From + 1) / Steps, step.Sum.Count, step.Sum.Certainty / step.Sum.Count, (double)step.Sum.Right / step.Sum.Count))];

    public void Add(int label, float certainty, bool isRight) =>
        _steps[label][Math.Clamp((int)(certainty * Steps), 0, Steps - 1)] += new Step(1, isRight ? 1 : 0, certainty);

    private static int Count(Step[] steps) => steps.Sum(step => step.Count);

    private double ErrorWith(Func<Step[], double> weight) =>
        Enumerable.Range(0, Steps).Sum(step => Math.Abs(_steps.Sum(own => own[step].Count == 0 ? 0 : weight(own) * (own[step].Right - own[step].Certainty))));

    private readonly record struct Step(int Count, int Right, double Certainty)
    {
        public static Step operator +(Step one, Step other) => new(one.Count + other.Count, one.Right + other.Right, one.Certainty + other.Certainty);
    }
}

/// <summary>The answers of one step of certainty: how many, how certain on average, and which share was right.</summary>
internal sealed record CalibrationStep(double From, double To, int Count, double Certainty, double Right);
