using System.Diagnostics;
using EmotionStream.Faces;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;

namespace EmotionStream.Tools.Evaluation.Faces;

/// <summary>Measures what finding faces costs on one core, from gray picture to faces; medians in milliseconds, on which other work has little effect.</summary>
internal static class DetectorTimer
{
    private const int Runs = 200;

    /// <summary>One detection in a whole picture.</summary>
    public static double Whole(FaceDetectorModel model, int width, int height)
    {
        using var detector = new FaceDetector(model, new VisionOptions());
        var picture = Noise(width, height);
        return Median(() => _ = detector.Detect(picture));
    }

    /// <summary>One look at a known face of a third of the picture's height; null for a detector that has no second look.</summary>
    public static double? Known(FaceDetectorModel model, int width, int height)
    {
        if (model.Close is null)
        {
            return null;
        }

        using var detector = new FaceDetector(model, new VisionOptions());
        var (picture, side) = (Noise(width, height), height / 3f);
        var face = new DetectedFace(new FaceBox((width - side) / 2, (height - side) / 2, side, side), null, 1);
        return Median(() => _ = detector.TryFollow(picture, face, out _));
    }

    private static GrayImage Noise(int width, int height)
    {
        var picture = new GrayImage();
        picture.Resize(width, height);
        new Random(1).NextBytes(picture.Pixels);
        return picture;
    }

    private static double Median(Action run)
    {
        run();
        var times = new double[Runs];
        foreach (ref var time in times.AsSpan())
        {
            var started = Stopwatch.GetTimestamp();
            run();
            time = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return PointErrors.Quantile(times, 0.5);
    }
}
