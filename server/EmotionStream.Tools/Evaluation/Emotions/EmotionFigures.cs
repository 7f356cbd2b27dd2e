using EmotionStream.Contracts;
using EmotionStream.Faces.Emotion;

namespace EmotionStream.Tools.Evaluation.Emotions;

/// <summary>Everything measured of one of the model's answers over one set of pictures; shares are 0 to 1.</summary>
internal sealed record EmotionFigures(
    int Pictures,
    double Accuracy,
    double MacroF1,
    double MeanRecall,
    double CalibrationError,
    double BalancedCalibrationError,
    LabelFigures[] PerLabel,
    IReadOnlyList<int[]> Confusion,
    CalibrationStep[] Calibration)
{
    public static EmotionFigures Of(Confusion confusion, Calibration calibration) => new(
        confusion.Total,
        confusion.Accuracy,
        confusion.MacroF1,
        confusion.MeanRecall,
        calibration.ExpectedError,
        calibration.BalancedError,
        [.. EmotionLabels.All.Select((label, i) => new LabelFigures(label, confusion.Pictures(i), confusion.Precision(i), confusion.Recall(i), confusion.F1(i)))],
        confusion.Counts,
        calibration.Table);
}

/// <summary>What was measured of one label.</summary>
internal sealed record LabelFigures(string Label, int Pictures, double Precision, double Recall, double F1);
