using System.Diagnostics;
using EmotionStream.Frames;
using EmotionStream.Vision;

namespace EmotionStream.Evaluation.Faces;

/// <summary>Measures what one detection costs on one core, from grey picture to faces.</summary>
internal static class DetectorTimer
{
    private const int Runs = 200;

    /// <summary>The median in milliseconds, on which whatever else the machine does has little effect.</summary>
    public static double Measure(FaceDetectorModel model, int width, int height)
    {
        using var detector = new FaceDetector(model, new VisionOptions());
        var picture = new GreyImage();
        picture.Resize(width, height);
        new Random(1).NextBytes(picture.Pixels);
        _ = detector.Detect(picture);
        var times = new double[Runs];
        for (var run = 0; run < Runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            _ = detector.Detect(picture);
            times[run] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return PointErrors.Quantile(times, 0.5);
    }
}
