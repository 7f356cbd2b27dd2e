using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Telemetry;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Where a picture comes from and where its answer goes: a session's lane, a still, or a clip.</summary>
internal interface IPictureSource
{
    PicturePriority Priority { get; }

    /// <summary>The names under which its stages are measured.</summary>
    StageNames Stages { get; }

    /// <summary>When the picture came in.</summary>
    long ReceivedAt { get; }

    /// <summary>Decodes the picture, whose bytes are not needed after that, and tells the size that it was sent in.</summary>
    PictureResult Decode(PictureDecoder decoder, GrayImage image, out int width, out int height);

    /// <summary>The picture's faces, best first; what is returned counts until the next call.</summary>
    ReadOnlySpan<TrackedFace> Find(FaceDetector detector, GrayImage image);

    /// <summary>What the emotion model remembers of a face that was found.</summary>
    RecurrentState StateOf(int faceId);

    /// <summary>The picture's one answer. Comes on a worker or on the inference loop, so it may not wait or work.</summary>
    void Answer(PictureOutcome outcome);
}
