namespace EmotionStream.Evaluation.Emotions;

/// <summary>Compares how certain the answers were with how often they were right, in fifteen equal steps of certainty.</summary>
internal sealed class Calibration
{
    // As many as models/training/emotion/measure.py takes, so that the figures can be compared.
    private const int Steps = 15;

    private readonly int[] _counts = new int[Steps];
    private readonly int[] _right = new int[Steps];
    private readonly double[] _certainty = new double[Steps];

    /// <summary>The mean gap between certainty and share of right answers, weighted by how many answers a step has.</summary>
    public double ExpectedError
    {
        get
        {
            var total = Math.Max(1, _counts.Sum());
            return Enumerable.Range(0, Steps).Sum(step => Math.Abs(_right[step] - _certainty[step])) / total;
        }
    }

    /// <summary>The steps that have answers.</summary>
    public CalibrationStep[] Table =>
        [.. Enumerable.Range(0, Steps).Where(step => _counts[step] > 0).Select(step => new CalibrationStep(
            (double)step / Steps, (double)(step + 1) / Steps, _counts[step], _certainty[step] / _counts[step], (double)_right[step] / _counts[step]))];

    public void Add(float certainty, bool isRight)
    {
        var step = Math.Clamp((int)(certainty * Steps), 0, Steps - 1);
        _counts[step]++;
        _right[step] += isRight ? 1 : 0;
        _certainty[step] += certainty;
    }
}

/// <summary>The answers of one step of certainty: how many, how certain on average, and which share was right.</summary>
internal sealed record CalibrationStep(double From, double To, int Count, double Certainty, double Right);
