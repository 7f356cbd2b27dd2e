using System.Numerics.Tensors;
using EmotionStream.Contracts;

namespace EmotionStream.Rooms;

/// <summary>Adds faces up to a room's mood.</summary>
internal sealed class MoodTally
{
    // Just below the mildest even split of neutral with another pleasant or unpleasant label: with contempt it has -0.25.
    private const float ClearValence = 0.2f;

    private readonly List<FaceReading> _faces = [];

    public void Add(IEnumerable<FaceReading> faces) => _faces.AddRange(faces);

    public RoomMood Sum()
    {
        var mean = new float[EmotionLabels.All.Count];
        var (valence, arousal, weight) = (0f, 0f, 0f);
        foreach (var face in _faces)
        {
            TensorPrimitives.MultiplyAdd(face.Emotions, face.Certainty, mean, mean);
            valence += face.Certainty * face.Valence;
            arousal += face.Certainty * face.Arousal;
            weight += face.Certainty;
        }

        if (weight > 0)
        {
            TensorPrimitives.Divide(mean, weight, mean);
            (valence, arousal) = (valence / weight, arousal / weight);
        }

        var positive = _faces.Count(face => face.Valence > ClearValence);
        var negative = _faces.Count(face => face.Valence < -ClearValence);
        return new RoomMood(
            mean, valence, arousal, positive, _faces.Count - positive - negative, negative, Agreement(mean), _faces.Count);
    }

    /// <summary>How much of its distribution a face shares with the mean one, on average.</summary>
    private float Agreement(float[] mean)
    {
        var common = new float[mean.Length];
        var sum = 0f;
        foreach (var face in _faces)
        {
            TensorPrimitives.Min<float>(face.Emotions, mean, common);
            sum += TensorPrimitives.Sum<float>(common);
        }

        return _faces.Count == 0 ? 0 : Math.Min(1, sum / _faces.Count);
    }
}
