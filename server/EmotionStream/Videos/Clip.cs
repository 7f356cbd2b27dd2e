using EmotionStream.Contracts;
using EmotionStream.Faces;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Telemetry;

namespace EmotionStream.Videos;

/// <summary>One clip as a source of pictures, which go through the tracker and the emotion model's memory as a camera's frames do.</summary>
/// <remarks>One clip, one thread: each picture is answered before the next is decoded.</remarks>
internal sealed class Clip(ClipDecoder decoder, PictureAnalyzer analyzer, EmotionModel model, VisionOptions vision, int framesPerSecond, TimeProvider time)
    : IPictureSource, IDisposable
{
    private readonly FaceFollower _faces = new(vision, model);
    private readonly ManualResetEventSlim _answered = new();
    private Picture? _picture;
    private PictureOutcome _outcome;
    private int _frames;

    public PicturePriority Priority => PicturePriority.Background;

    public StageNames Stages => Faces.Telemetry.Stages.Clip;

    public long ReceivedAt { get; private set; }

    private double Seconds => (double)_frames / framesPerSecond;

    /// <summary>Measures the next picture; null where the clip ends.</summary>
    /// <exception cref="RefusedException">The server failed on it.</exception>
    public VideoFrame? Next(CancellationToken cancellation)
    {
        _picture ??= new Picture(this, model);
        ReceivedAt = time.GetTimestamp();
        _answered.Reset();
        analyzer.Process(_picture, cancellation);
        _answered.Wait(cancellation);
        return _outcome switch
        {
            PictureOutcome.Measured => Measured(_picture),
            PictureOutcome.Failed => throw new RefusedException(Refusals.VideoFailed),
            _ => null,
        };
    }

    private VideoFrame Measured(Picture picture)
    {
        var frame = new VideoFrame(Math.Round(Seconds, 3), Readings.OverTime(picture, withHeatmap: false));
        _frames++;
        return frame;
    }

    /// <summary>Takes the next picture from ffmpeg; a clip ends where there is none.</summary>
    public PictureResult Decode(PictureDecoder pictures, GrayImage image, out int width, out int height)
    {
        var read = decoder.TryRead(image);
        (width, height) = (image.Width, image.Height);
        return read ? PictureResult.Decoded : PictureResult.Empty;
    }

    public ReadOnlySpan<TrackedFace> Find(FaceDetector detector, GrayImage image) => _faces.Find(detector, image, Seconds);

    public RecurrentState StateOf(int faceId) => _faces.StateOf(faceId);

    public void Answer(PictureOutcome outcome)
    {
        _outcome = outcome;
        _answered.Set();
    }

    public void Dispose() => _answered.Dispose();
}
