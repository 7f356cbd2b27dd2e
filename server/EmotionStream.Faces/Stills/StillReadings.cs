using System.Globalization;
using System.Numerics.Tensors;
using EmotionStream.Contracts;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Pipeline;

namespace EmotionStream.Faces.Stills;

/// <summary>Turns a measured picture into what is told of it.</summary>
internal static class StillReadings
{
    public static StillFace[] Of(StillPicture picture, bool withHeatmap) =>
        [.. picture.Faces.Select(sample => Of(picture, sample, withHeatmap))];

    /// <summary>A still has no past: what counts is the answer to this picture alone, which is also the better calibrated one (models/emotion.md).</summary>
    private static StillFace Of(StillPicture picture, FaceSample sample, bool withHeatmap)
    {
        var (face, reading) = (sample.Face, sample.Reading);
        var dominant = TensorPrimitives.IndexOfMax(reading.Still);
        var (valence, arousal) = Circumplex.Place(reading.Still);
        return new StillFace(
            face.Id.ToString(CultureInfo.InvariantCulture),
            face.Face.Box.Scaled(picture.ScaleX, picture.ScaleY),
            face.Face.Points?.Scaled(picture.ScaleX, picture.ScaleY),
            face.Face.Score,
            reading.Still,
            EmotionLabels.All[dominant],
            reading.Still[dominant],
            valence,
            arousal,
            withHeatmap ? Heatmap.Of(reading, dominant) : null,
            Pose: PoseSolver.Of(face.Face.Points),
            Unclear: EmotionLabels.Unclear(reading.Still[dominant]));
    }
}
