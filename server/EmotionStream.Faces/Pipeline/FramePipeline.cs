using EmotionStream.Contracts;
using EmotionStream.Faces.Cropping;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Telemetry;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Turns a session's waiting frame into face samples for the emotion model: the way of a frame, in one place.</summary>
/// <remarks>One per worker, with the decoder, the detector and the picture that it works in; not thread-safe.</remarks>
internal sealed class FramePipeline(
    PictureDecoder decoder, FaceDetector detector, FaceCropper cropper, SampleQueue samples, EmotionStreamMetrics metrics, TimeProvider time) : IDisposable
{
    private readonly GreyImage _image = new();

    /// <summary>Takes the lane's oldest waiting frame as far as the sample queue; a frame without a face is answered here.</summary>
    public async ValueTask ProcessAsync(FrameLane lane, CancellationToken cancellation)
    {
        if (!lane.TryBegin())
        {
            lane.Release();
            return;
        }

        // Once its last sample is queued the frame belongs to the inference loop, so the count is kept here.
        var faces = Analyse(lane);
        for (var i = 0; i < faces; i++)
        {
            await samples.AddAsync(lane.Frame[i], cancellation);
        }
    }

    public void Dispose() => detector.Dispose();

    /// <summary>Decodes, detects, tracks and crops; returns how many samples of the lane's frame are to be queued.</summary>
    private int Analyse(FrameLane lane)
    {
        var frame = lane.Frame;
        var incoming = frame.Incoming;
        using var jpeg = incoming.Jpeg;
        var stages = new StageClock(time, metrics, incoming.ReceivedAt);
        stages.End(Stages.Queued, out var queued);
        var result = decoder.Decode(jpeg.Bytes, _image);
        stages.End(Stages.Decode, out var decoded);
        if (result != PictureResult.Decoded)
        {
            Refuse(lane, incoming, result);
            return 0;
        }

        frame.SetSize(decoder.OriginalWidth, decoder.OriginalHeight, _image);
        var faces = lane.Search.Find(detector, _image, lane.Clock.Advance(incoming.CapturedAt, incoming.ReceivedAt));
        frame.FoundAt = time.GetTimestamp();
        foreach (ref readonly var face in faces)
        {
            cropper.Crop(_image, face.Face, frame.AddFace(face, lane.Memory.Of(face.Id)).Pixels);
        }

        lane.Memory.Forget(lane.Search.Ended);
        frame.QueuedAt = stages.End(Stages.Detect, out var detected);
        frame.Timings = new StageTimings(queued, decoded, detected, 0);
        if (frame.FaceCount == 0)
        {
            lane.Complete();
        }

        return frame.FaceCount;
    }

    private static void Refuse(FrameLane lane, in IncomingFrame incoming, PictureResult result)
    {
        var (reason, detail) = result == PictureResult.TooManyPixels
            ? (RejectionReason.TooLarge, "The picture has more pixels than this server takes.")
            : (RejectionReason.Undecodable, "The bytes are no complete JPEG picture.");
        lane.Reject(incoming, reason, detail);
        lane.Release();
    }
}
