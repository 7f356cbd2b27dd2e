using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using EmotionStream.Contracts;
using EmotionStream.Frames;
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
            Box(face.Face.Box, frame),
            Points(face.Face.Points, frame),
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

    private static float[] Box(in FaceBox box, MeasuredFrame frame) =>
        [box.X * frame.ScaleX, box.Y * frame.ScaleY, box.Width * frame.ScaleX, box.Height * frame.ScaleY];

    private static float[]? Points(FacePoints? points, MeasuredFrame frame)
    {
        if (points is not { } known)
        {
            return null;
        }

        var scale = new Vector2(frame.ScaleX, frame.ScaleY);
        var (right, left, nose) = (known.RightEye * scale, known.LeftEye * scale, known.Nose * scale);
        var (rightMouth, leftMouth) = (known.RightMouth * scale, known.LeftMouth * scale);
        return [right.X, right.Y, left.X, left.Y, nose.X, nose.Y, rightMouth.X, rightMouth.Y, leftMouth.X, leftMouth.Y];
    }
}
