using System.Globalization;
using System.Numerics.Tensors;
using EmotionStream.Contracts;
using EmotionStream.Inference;
using EmotionStream.Pipeline;

namespace EmotionStream.Sessions;

/// <summary>Turns a measured frame into the message that goes out.</summary>
internal static class Readings
{
    public static Measured Of(MeasuredFrame frame, bool withHeatmap)
    {
        var faces = new FaceReading[frame.FaceCount];
        for (var i = 0; i < faces.Length; i++)
        {
            faces[i] = Of(frame, frame[i], withHeatmap);
        }

        return new Measured(frame.Incoming.Sequence, frame.Incoming.CapturedAt, frame.Width, frame.Height, faces, frame.Timings);
    }

    private static FaceReading Of(MeasuredFrame frame, FaceSample sample, bool withHeatmap)
    {
        var (face, reading) = (sample.Face, sample.Reading);
        var dominant = TensorPrimitives.IndexOfMax(reading.Emotions);
        var (valence, arousal) = Circumplex.Place(reading.Emotions);
        return new FaceReading(
            face.Id.ToString(CultureInfo.InvariantCulture),
            face.Face.Box.Scaled(frame.ScaleX, frame.ScaleY),
            face.Face.Points?.Scaled(frame.ScaleX, frame.ScaleY),
            face.Face.Score,
            face.Age,
            [.. reading.Emotions],
            [.. reading.Still],
            EmotionLabels.All[dominant],
            reading.Emotions[dominant],
            valence,
            arousal,
            withHeatmap ? Heatmap.Of(reading, dominant) : null);
    }
}
