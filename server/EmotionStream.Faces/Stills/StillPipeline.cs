using EmotionStream.Contracts;
using EmotionStream.Faces.Cropping;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Telemetry;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Stills;

/// <summary>Turns an uploaded picture into face samples: the way of a still, in one place.</summary>
/// <remarks>One per worker, with the decoder, the detector and the picture that it works in; not thread-safe.</remarks>
internal sealed class StillPipeline : IDisposable
{
    private readonly PictureDecoder _decoder;
    private readonly FaceDetector _detector;
    private readonly FaceCropper _cropper = new();
    private readonly GreyImage _image = new();
    private readonly EmotionStreamMetrics _metrics;
    private readonly TimeProvider _time;

    public StillPipeline(FaceDetectorModel model, VisionOptions frames, IOptions<StillsOptions> stills, EmotionStreamMetrics metrics, TimeProvider time)
    {
        var options = stills.Value.Vision(frames);
        (_decoder, _detector, _metrics, _time) = (new PictureDecoder(options), new FaceDetector(model, options), metrics, time);
    }

    /// <summary>Decodes, detects and crops; what is refused, or has nobody in it, is complete then, and otherwise its samples are to be queued.</summary>
    public IReadOnlyList<FaceSample> Analyse(StillPicture picture)
    {
        if (picture.Bytes.IsEmpty)
        {
            picture.Refuse(StillRefusal.Empty);
            return [];
        }

        var stages = new StageClock(_time, _metrics, picture.ReceivedAt);
        stages.End(Stages.StillQueued, out var queued);
        var result = Decode(picture);
        stages.End(Stages.StillDecode, out var decoded);
        if (result != PictureResult.Decoded)
        {
            picture.Refuse(Reason(result));
            return [];
        }

        picture.SetSize(_decoder.OriginalWidth, _decoder.OriginalHeight, _image);
        foreach (ref readonly var face in _detector.Detect(_image))
        {
            _cropper.Crop(_image, face, picture.AddFace(face).Pixels);
        }

        if (picture.Faces.Count == 0 && picture.WholeWhenEmpty)
        {
            var whole = new DetectedFace(new FaceBox(0, 0, _image.Width, _image.Height), Points: null, Score: 0);
            _cropper.Crop(_image, whole, picture.AddFace(whole).Pixels);
        }

        picture.QueuedAt = stages.End(Stages.StillDetect, out var detected);
        picture.Timings = new StageTimings(queued, decoded, detected, 0);
        if (picture.Faces.Count == 0)
        {
            picture.Finish(0);
        }

        return picture.Faces;
    }

    public void Dispose() => _detector.Dispose();

    private PictureResult Decode(StillPicture picture)
    {
        using var bytes = picture.Bytes;
        return _decoder.Decode(bytes.Span, _image);
    }

    private static StillRefusal Reason(PictureResult result) => result switch
    {
        PictureResult.UnknownFormat => StillRefusal.NotAPicture,
        PictureResult.TooManyPixels => StillRefusal.TooManyPixels,
        _ => StillRefusal.Undecodable,
    };
}
