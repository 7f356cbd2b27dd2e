using EmotionStream.Faces.Cropping;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Telemetry;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Turns a picture into face samples for the emotion model: the way of every frame, still and clip, in one place.</summary>
/// <remarks>One per worker, with the decoder, the detector and the image that it works in; not thread-safe.</remarks>
internal sealed partial class PictureAnalyzer(
    PictureDecoder decoder, FaceDetector detector, SampleQueue samples, EmotionStreamMetrics metrics, TimeProvider time, ILogger<PictureAnalyzer> logger) : IDisposable
{
    private readonly FaceCropper _cropper = new();
    private readonly GrayImage _image = new();

    /// <summary>Takes a picture as far as the sample queue; whatever goes wrong with it ends with that picture.</summary>
    public void Process(Picture picture, CancellationToken cancellation)
    {
        try
        {
            // Once its last sample is queued the picture belongs to the inference loop, so the count is kept here.
            var faces = Analyze(picture);
            for (var i = 0; i < faces; i++)
            {
                samples.Add(picture[i], cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            picture.Answer(PictureOutcome.Busy);
        }
        catch (Exception exception)
        {
            metrics.FrameFailed();
            LogPictureFailed(exception);
            picture.Answer(PictureOutcome.Failed);
        }
    }

    public void Dispose() => detector.Dispose();

    /// <summary>Decodes, finds and crops; returns how many samples are to be queued. A picture without a face, or that can't be decoded, is answered.</summary>
    private int Analyze(Picture picture)
    {
        var source = picture.Source;
        picture.Clear();
        var stages = new StageClock(time, metrics, source.ReceivedAt);
        stages.End(source.Stages.Queued, out var queued);
        var result = source.Decode(decoder, _image, out var width, out var height);
        stages.End(source.Stages.Decode, out var decoded);
        if (result != PictureResult.Decoded)
        {
            picture.Answer(PictureOutcomes.Of(result));
            return 0;
        }

        picture.SetSize(width, height, _image);
        var faces = source.Find(detector, _image);
        picture.FoundAt = time.GetTimestamp();
        foreach (ref readonly var face in faces)
        {
            _cropper.Crop(_image, face.Face, picture.AddFace(face, source.StateOf(face.Id)).Pixels);
        }

        picture.QueuedAt = stages.End(source.Stages.Detect, out var detected);
        picture.Durations = new StageDurations(queued, decoded, detected, 0);
        if (faces.Length == 0)
        {
            picture.Answer(PictureOutcome.Measured);
        }

        return faces.Length;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A picture was lost to an error of the server")]
    private partial void LogPictureFailed(Exception exception);
}
