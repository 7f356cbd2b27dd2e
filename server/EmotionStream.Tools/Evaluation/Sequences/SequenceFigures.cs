using EmotionStream.Contracts;
using EmotionStream.Faces.Emotion;
using EmotionStream.Tools.Evaluation.Emotions;

namespace EmotionStream.Tools.Evaluation.Sequences;

/// <summary>One method's figures over all sequences; shares are 0 to 1, times are seconds.</summary>
/// <param name="End">Sequences whose last frame has their label.</param>
/// <param name="MeanRecall">The mean over the labels of the same.</param>
/// <param name="Start">Sequences of another label than neutral whose first frame reads neutral.</param>
/// <param name="CalibrationError">Of the last frames, as they come.</param>
/// <param name="BalancedCalibrationError">The same if every label were as common as the others.</param>
/// <param name="SettledAfter">From the first frame until the label is said and kept; the whole length where the last frame is wrong.</param>
/// <param name="RightOverTime">Sequences that are right at each twentieth of their length.</param>
internal sealed record SequenceFigures(
    string Method,
    double End,
    double MeanRecall,
    IReadOnlyDictionary<string, double> Recalls,
    double Start,
    double CalibrationError,
    double BalancedCalibrationError,
    double MeanChange,
    double FlipsASecond,
    double SettledAfter,
    double[] RightOverTime)
{
    private const int Steps = 20;

    public static SequenceFigures Of(string method, IReadOnlyList<SequenceAnswers> all, double framesASecond)
    {
        var confusion = new Confusion(EmotionLabels.All.Count);
        var calibration = new Calibration();
        foreach (var answers in all)
        {
            var last = answers.Shares.Count - 1;
            var said = answers.LabelAt(last);
            confusion.Add(answers.Label, said);
            calibration.Add(answers.Label, answers.Shares[last][said], said == answers.Label);
        }

        var present = Enumerable.Range(0, EmotionLabels.All.Count).Where(label => confusion.Pictures(label) > 0).ToArray();
        var moved = all.Where(answers => answers.Label != SequenceAnswers.Neutral).ToArray();
        return new SequenceFigures(
            method,
            confusion.Accuracy,
            confusion.MeanRecall,
            present.ToDictionary(label => EmotionLabels.All[label], confusion.Recall),
            moved.Length == 0 ? 0 : moved.Average(answers => answers.LabelAt(0) == SequenceAnswers.Neutral ? 1.0 : 0),
            calibration.ExpectedError,
            calibration.BalancedError,
            all.Average(answers => answers.MeanChange),
            all.Sum(answers => answers.Flips) * framesASecond / all.Sum(answers => answers.Shares.Count),
            all.Average(answers => answers.SettledAfter) / framesASecond,
            [.. Enumerable.Range(0, Steps + 1).Select(step => all.Average(answers => answers.LabelAt((answers.Shares.Count - 1) * step / Steps) == answers.Label ? 1.0 : 0))]);
    }
}

/// <summary>Everything that `evaluate --sequences` measured.</summary>
internal sealed record SequenceReport(string Data, int Sequences, int WithoutFace, double FramesASecond, ModelFile Model, string Prior, SequenceFigures[] Methods);
