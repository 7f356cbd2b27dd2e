using EmotionStream.Contracts;
using EmotionStream.Faces;
using EmotionStream.Faces.Cropping;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Tracking;
using EmotionStream.Sessions;

namespace EmotionStream.Videos;

/// <summary>The way of a clip: each of its pictures goes through the tracker and the emotion model's memory as a camera's frames do.</summary>
/// <remarks>One clip, one thread.</remarks>
internal sealed class ClipPipeline(FaceDetectorModel detectorModel, VisionOptions vision, EmotionModel model, SampleQueue samples, int framesPerSecond) : IDisposable
{
    private readonly FaceDetector _detector = new(detectorModel, vision);
    private readonly FaceSearch _search = new(vision);
    private readonly FaceCropper _cropper = new();
    private readonly SequenceMemory _memory = model.CreateMemory();
    private readonly ClipFrame _frame = new(model);
    private int _frames;

    /// <summary>Measures the next picture of the clip.</summary>
    /// <exception cref="ClipException">The emotion model failed on it.</exception>
    public VideoFrame Measure(GreyImage image, CancellationToken cancellation)
    {
        var seconds = (double)_frames++ / framesPerSecond;
        _frame.Begin();
        foreach (ref readonly var face in _search.Find(_detector, image, seconds))
        {
            _cropper.Crop(image, face.Face, _frame.AddFace(face, _memory.Of(face.Id)).Pixels);
        }

        _memory.Forget(_search.Ended);
        // Once the last one is queued the frame belongs to the inference loop, so the count is kept here.
        var faces = _frame.FaceCount;
        for (var i = 0; i < faces; i++)
        {
            samples.AddStillAsync(_frame[i], cancellation).AsTask().GetAwaiter().GetResult();
        }

        if (faces > 0)
        {
            _frame.Wait(cancellation);
        }

        return _frame.HasFailed ? throw new ClipException("failed", "The server failed on this clip.") : Read(image, seconds);
    }

    public void Dispose()
    {
        _detector.Dispose();
        _frame.Dispose();
    }

    private VideoFrame Read(GreyImage image, double seconds)
    {
        var faces = new FaceReading[_frame.FaceCount];
        for (var i = 0; i < faces.Length; i++)
        {
            faces[i] = Readings.Of(_frame[i], 1f / image.Width, 1f / image.Height, withHeatmap: false);
        }

        return new VideoFrame(Math.Round(seconds, 3), faces);
    }
}
