using EmotionStream.Faces.Cropping;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Emotion;
using EmotionStream.Tools.Evaluation.Emotions;
using EmotionStream.Tools.Evaluation.Pictures;

namespace EmotionStream.Tools.Evaluation.Sequences;

/// <summary>Plays sequences to the emotion model, each as one face that is followed, and compares its answer over time with single frames and averages.</summary>
internal sealed class SequenceEvaluation(EmotionModel model, PictureReader reader, FaceFinder finder, double framesASecond)
{
    // Seconds. Shorter ones hardly differ from single frames, longer ones are late.
    private static readonly double[] TimeConstants = [0.05, 0.1, 0.2, 0.3, 0.5, 0.8];

    private readonly GrayImage _picture = new();
    private readonly EmotionReading _reading = model.CreateReading();
    private readonly List<SequenceAnswers> _still = [];
    private readonly List<SequenceAnswers> _overTime = [];

    /// <summary>Sequences in which no frame shows a face.</summary>
    public int WithoutFace { get; private set; }

    public void Play(LabeledSequence sequence)
    {
        var state = new RecurrentState(model.Shape.StateSize);
        var (still, overTime, elapsed) = (new List<float[]>(), new List<float[]>(), 0.0);
        foreach (var frame in sequence.Frames)
        {
            if (CropOf(frame) is { } crop)
            {
                model.Add(crop, (float)elapsed, state);
                model.Run();
                model.Read(0, _reading);
                model.Clear();
                still.Add([.. _reading.Still]);
                overTime.Add([.. _reading.Emotions]);
                elapsed = 0;
            }

            elapsed += 1 / framesASecond;
        }

        if (still.Count < 2)
        {
            WithoutFace++;
            return;
        }

        _still.Add(new SequenceAnswers(sequence.Label, still));
        _overTime.Add(new SequenceAnswers(sequence.Label, overTime));
    }

    public SequenceFigures[] Figures()
    {
        if (_still.Count == 0)
        {
            throw new EvaluationException("No sequence shows a face in two frames.");
        }

        var best = TimeConstants
            .Select(seconds => SequenceFigures.Of(FormattableString.Invariant($"average over {seconds} s"), [.. _still.Select(answers => answers.Averaged(seconds, framesASecond))], framesASecond))
            .MaxBy(figures => figures.End)!;
        return [SequenceFigures.Of("single frame", _still, framesASecond), best, SequenceFigures.Of("over time", _overTime, framesASecond)];
    }

    private byte[]? CropOf(string file)
    {
        reader.Read(File.ReadAllBytes(file), file, _picture);
        return _picture.Width == CropGeometry.Side && _picture.Height == CropGeometry.Side ? _picture.Pixels.ToArray() : finder.Crop(_picture);
    }
}
