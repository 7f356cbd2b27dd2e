using System.Globalization;
using System.Numerics.Tensors;
using EmotionStream.Contracts;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Pipeline;

namespace EmotionStream.Sessions;

/// <summary>Turns a measured frame into the message that goes out.</summary>
internal static class Readings
{
    public static Measured Of(MeasuredFrame frame, bool withHeatmap)
    {
        var faces = new FaceReading[frame.FaceCount];
        for (var i = 0; i < faces.Length; i++)
        {
            faces[i] = Of(frame[i], frame.ScaleX, frame.ScaleY, withHeatmap);
        }

        return new Measured(frame.Incoming.Sequence, frame.Incoming.CapturedAt, frame.Width, frame.Height, faces, frame.Timings);
    }

    /// <param name="sample">A face that has been read.</param>
    /// <param name="scaleX">Turns pixels of the decoded picture into 0..1.</param>
    /// <param name="scaleY">Likewise.</param>
    public static FaceReading Of(FaceSample sample, float scaleX, float scaleY, bool withHeatmap)
    {
        var (face, reading) = (sample.Face, sample.Reading);
        var dominant = TensorPrimitives.IndexOfMax(reading.Emotions);
        var (valence, arousal) = Circumplex.Place(reading.Emotions);
        return new FaceReading(
            face.Id.ToString(CultureInfo.InvariantCulture),
            face.Face.Box.Scaled(scaleX, scaleY),
            face.Face.Points?.Scaled(scaleX, scaleY),
            face.Face.Score,
            face.Age,
            [.. reading.Emotions],
            [.. reading.Still],
            EmotionLabels.All[dominant],
            reading.Emotions[dominant],
            valence,
            arousal,
            withHeatmap ? Heatmap.Of(reading, dominant) : null,
            PoseSolver.Of(face.Face.Points),
            EmotionLabels.Unclear(reading.Emotions[dominant]));
    }
}
