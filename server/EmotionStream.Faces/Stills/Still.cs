using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Telemetry;

namespace EmotionStream.Faces.Stills;

/// <summary>One uploaded picture from its arrival until its faces have been read or it was refused.</summary>
/// <remarks>Belongs to a worker until its last sample is queued, then to the inference loop, and from its completion to its sender.</remarks>
internal sealed class Still : IPictureSource
{
    private readonly PictureBytes _bytes;
    private readonly bool _wholeWhenEmpty;
    private readonly int _stateSize;
    private readonly CancellationToken _abandoned;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="bytes">Taken over.</param>
    /// <param name="wholeWhenEmpty">Whether the whole picture is taken for a face, of confidence 0, when none is found in it.</param>
    /// <param name="abandoned">Canceled when nobody waits for it any more.</param>
    public Still(PictureBytes bytes, bool wholeWhenEmpty, EmotionModel model, long receivedAt, CancellationToken abandoned)
    {
        (_bytes, _wholeWhenEmpty, ReceivedAt, _abandoned, _stateSize) = (bytes, wholeWhenEmpty, receivedAt, abandoned, model.Shape.StateSize);
        Picture = new Picture(this, model);
    }

    public PicturePriority Priority => PicturePriority.Background;

    public StageNames Stages => Telemetry.Stages.Still;

    public long ReceivedAt { get; }

    public Picture Picture { get; }

    /// <summary>Nobody waits for it any more.</summary>
    public bool IsAbandoned => _abandoned.IsCancellationRequested;

    /// <summary>Done when it has been measured or refused.</summary>
    public Task Completion => _done.Task;

    /// <summary>Why it was not measured; null when it was.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>How an outcome is told; null where the picture was measured.</summary>
    public static Refusal? RefusalOf(PictureOutcome outcome) => outcome switch
    {
        PictureOutcome.Measured => null,
        PictureOutcome.Empty => Refusals.EmptyPicture,
        PictureOutcome.NotAPicture => Refusals.NotAPicture,
        PictureOutcome.Undecodable => Refusals.Undecodable,
        PictureOutcome.TooManyPixels => Refusals.TooManyPixels,
        PictureOutcome.Busy => Refusals.TooManyPictures,
        _ => Refusals.PictureFailed,
    };

    public PictureResult Decode(PictureDecoder decoder, GrayImage image, out int width, out int height)
    {
        using (_bytes)
        {
            var result = decoder.Decode(_bytes.Span, image);
            (width, height) = (decoder.OriginalWidth, decoder.OriginalHeight);
            return result;
        }
    }

    /// <summary>A still's faces have no past: each is new, of ids 1, 2, 3.</summary>
    public ReadOnlySpan<TrackedFace> Find(FaceDetector detector, GrayImage image)
    {
        var found = detector.Detect(image);
        if (found.IsEmpty && _wholeWhenEmpty)
        {
            found = new DetectedFace[] { new(new FaceBox(0, 0, image.Width, image.Height), Points: null, Score: 0) };
        }

        var faces = new TrackedFace[found.Length];
        for (var i = 0; i < faces.Length; i++)
        {
            faces[i] = new TrackedFace(i + 1, found[i], Age: 0, Elapsed: 0);
        }

        return faces;
    }

    public RecurrentState StateOf(int faceId) => new(_stateSize);

    public void Answer(PictureOutcome outcome)
    {
        Refusal = RefusalOf(outcome);
        _bytes.Dispose();
        _done.TrySetResult();
    }
}
