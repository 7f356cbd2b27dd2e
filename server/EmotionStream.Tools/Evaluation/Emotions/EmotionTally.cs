using System.Numerics.Tensors;
using EmotionStream.Contracts;
using EmotionStream.Faces.Emotion;

namespace EmotionStream.Tools.Evaluation.Emotions;

/// <summary>Runs crops through the emotion model in full batches, each as a face's first frame, and counts the answers.</summary>
internal sealed class EmotionTally(EmotionModel model)
{
    private readonly List<(byte[] Crop, int Label)> _waiting = [];
    private readonly EmotionReading _reading = model.CreateReading();
    private readonly (Confusion Confusion, Calibration Calibration) _emotions = (new(EmotionLabels.All.Count), new());
    private readonly (Confusion Confusion, Calibration Calibration) _still = (new(EmotionLabels.All.Count), new());
    private readonly LookMaps _looks = new(EmotionLabels.All.Count);

    public void Add(byte[] crop, int label)
    {
        _waiting.Add((crop, label));
        if (_waiting.Count == model.MaxBatch)
        {
            Run();
        }
    }

    /// <summary>Runs what waits and returns the figures of the temporal and of the single-frame answer, and where the latter came from.</summary>
    public (EmotionFigures Emotions, EmotionFigures Still, double[][] Looks) Finish()
    {
        if (_waiting.Count > 0)
        {
            Run();
        }

        return (
            EmotionFigures.Of(_emotions.Confusion, _emotions.Calibration),
            EmotionFigures.Of(_still.Confusion, _still.Calibration),
            _looks.Means);
    }

    private void Run()
    {
        foreach (var (crop, _) in _waiting)
        {
            model.Add(crop, 0, new RecurrentState(model.Shape.StateSize));
        }

        model.Run();
        for (var i = 0; i < _waiting.Count; i++)
        {
            model.Read(i, _reading);
            var label = _waiting[i].Label;
            Count(_emotions, _reading.Emotions, label);
            Count(_still, _reading.Still, label);
            if (TensorPrimitives.IndexOfMax(_reading.Still) == label)
            {
                _looks.Add(label, Heatmap.Of(_reading, label));
            }
        }

        model.Clear();
        _waiting.Clear();
    }

    private static void Count((Confusion Confusion, Calibration Calibration) tally, float[] shares, int label)
    {
        // The server's own rule for `dominant` and `certainty` (Pipeline/Readings.cs).
        var dominant = TensorPrimitives.IndexOfMax(shares);
        tally.Confusion.Add(label, dominant);
        tally.Calibration.Add(label, shares[dominant], dominant == label);
    }
}
