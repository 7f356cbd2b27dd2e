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
            var reading = picture[i].Reading;
            var (face, verdict) = (Place.Of(picture, i), Verdict.Of(reading.Emotions, reading, withHeatmap));
            faces[i] = new FaceReading(
                face.Id, face.Box, face.Points, face.Score, picture[i].Face.Age, [.. reading.Emotions], [.. reading.Still],
                verdict.Dominant, verdict.Certainty, verdict.Valence, verdict.Arousal, verdict.Heatmap, face.Pose, verdict.Unclear);
        }

        return faces;
    }

    /// <summary>A still has no past: what counts is the answer to this picture alone, which is also the better calibrated one (models/emotion.md).</summary>
    public static StillFace[] Still(Picture picture, bool withHeatmap)
    {
        var faces = new StillFace[picture.FaceCount];
        for (var i = 0; i < faces.Length; i++)
        {
            var reading = picture[i].Reading;
            var (face, verdict) = (Place.Of(picture, i), Verdict.Of(reading.Still, reading, withHeatmap));
            faces[i] = new StillFace(
                face.Id, face.Box, face.Points, face.Score, reading.Still,
                verdict.Dominant, verdict.Certainty, verdict.Valence, verdict.Arousal, verdict.Heatmap, Pose: face.Pose, Unclear: verdict.Unclear);
        }

        return faces;
    }

    /// <summary>Where a face is, in the units of the wire.</summary>
    private readonly record struct Place(string Id, float[] Box, float[]? Points, float Score, HeadPose? Pose)
    {
        public static Place Of(Picture picture, int index)
        {
            var face = picture[index].Face;
            return new Place(
                face.Id.ToString(CultureInfo.InvariantCulture), face.Face.Box.Scaled(picture.ScaleX, picture.ScaleY),
                face.Face.Points?.Scaled(picture.ScaleX, picture.ScaleY), face.Face.Score, PoseSolver.Of(face.Face.Points));
        }
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
