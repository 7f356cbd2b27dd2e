using System.Globalization;
using System.Numerics.Tensors;
using EmotionStream.Contracts;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Turns a measured picture into what is said of its faces.</summary>
internal static class Readings
{
    /// <summary>Of a picture that is one of many: judged over time.</summary>
    public static FaceReading[] OverTime(Picture picture, bool withHeatmap)
    {
        var faces = new FaceReading[picture.FaceCount];
        for (var i = 0; i < faces.Length; i++)
        {
            var (face, reading) = (picture[i].Face, picture[i].Reading);
            var verdict = Verdict.Of(reading.Emotions, reading, withHeatmap);
            faces[i] = new FaceReading(
                face.Id.ToString(CultureInfo.InvariantCulture),
                face.Face.Box.Scaled(picture.ScaleX, picture.ScaleY),
                face.Face.Points?.Scaled(picture.ScaleX, picture.ScaleY),
                face.Face.Score,
                face.Age,
                [.. reading.Emotions],
                [.. reading.Still],
                verdict.Dominant,
                verdict.Certainty,
                verdict.Valence,
                verdict.Arousal,
                verdict.Heatmap,
                PoseSolver.Of(face.Face.Points),
                verdict.Unclear);
        }

        return faces;
    }

    /// <summary>A still has no past: what counts is the answer to this picture alone, which is also the better calibrated one (models/emotion.md).</summary>
    public static StillFace[] Still(Picture picture, bool withHeatmap)
    {
        var faces = new StillFace[picture.FaceCount];
        for (var i = 0; i < faces.Length; i++)
        {
            var (face, reading) = (picture[i].Face, picture[i].Reading);
            var verdict = Verdict.Of(reading.Still, reading, withHeatmap);
            faces[i] = new StillFace(
                face.Id.ToString(CultureInfo.InvariantCulture),
                face.Face.Box.Scaled(picture.ScaleX, picture.ScaleY),
                face.Face.Points?.Scaled(picture.ScaleX, picture.ScaleY),
                face.Face.Score,
                reading.Still,
                verdict.Dominant,
                verdict.Certainty,
                verdict.Valence,
                verdict.Arousal,
                verdict.Heatmap,
                Pose: PoseSolver.Of(face.Face.Points),
                Unclear: verdict.Unclear);
        }

        return faces;
    }

    /// <summary>What follows from a distribution over the labels.</summary>
    private readonly record struct Verdict(string Dominant, float Certainty, float Valence, float Arousal, float[]? Heatmap, bool? Unclear)
    {
        public static Verdict Of(float[] shares, EmotionReading reading, bool withHeatmap)
        {
            var dominant = TensorPrimitives.IndexOfMax<float>(shares);
            var (valence, arousal) = Circumplex.Place(shares);
            return new Verdict(
                EmotionLabels.All[dominant], shares[dominant], valence, arousal,
                withHeatmap ? Emotion.Heatmap.Of(reading, dominant) : null, EmotionLabels.Unclear(shares[dominant]));
        }
    }
}
