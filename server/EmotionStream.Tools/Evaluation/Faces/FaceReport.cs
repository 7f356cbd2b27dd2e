namespace EmotionStream.Tools.Evaluation.Faces;

/// <summary>What `evaluate-faces` measured, as it is written to JSON.</summary>
internal sealed record FaceReport(string Data, string Split, int Pictures, double Threshold, DetectorFigures[] Detectors);

/// <summary>Everything measured of one detector; shares are 0 to 1, times in milliseconds.</summary>
/// <param name="Close">The second look that was taken at what the detector found; null where none lies beside it.</param>
/// <param name="CleanNegatives">The share of pictures without a face in which none was found.</param>
/// <param name="FalseOnNegatives">False faces a picture there.</param>
/// <param name="MillisecondsKnown">A look at a known face; null for a detector that has no second look.</param>
internal sealed record DetectorFigures(
    ModelFile Model,
    ModelFile? Close,
    GroupFigures[] Groups,
    int Negatives,
    double CleanNegatives,
    double FalseOnNegatives,
    PointFigures PointsSound,
    PointFigures PointsAll,
    double Milliseconds320,
    double Milliseconds160,
    double? MillisecondsKnown);

/// <summary>What was measured on one group of faces.</summary>
internal sealed record GroupFigures(string Group, int Faces, double AveragePrecision, double RecallAtFalseRate, double RecallAtThreshold, double MeanOverlap);

/// <summary>Errors of the five points in eye distances; absent where no head had any.</summary>
internal sealed record PointFigures(int Heads, double? Median, double? Percentile90)
{
    public static PointFigures Of(double[] errors) =>
        errors.Length == 0 ? new(0, null, null) : new(errors.Length, PointErrors.Quantile(errors, 0.5), PointErrors.Quantile(errors, 0.9));
}
