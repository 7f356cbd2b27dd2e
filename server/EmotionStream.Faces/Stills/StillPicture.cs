using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Pipeline;

namespace EmotionStream.Faces.Stills;

/// <summary>One uploaded picture on its way through the same models as the frames, and what they said of it.</summary>
/// <remarks>Belongs to a worker until its last sample is queued, then to the inference loop, and from its completion to whoever sent it.</remarks>
internal sealed class StillPicture(PictureBytes bytes, bool wholeWhenEmpty, EmotionModel model, long receivedAt, CancellationToken abandoned) : ISampledPicture
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<FaceSample> _faces = [];
    private bool _failed;
    private int _unread;

    public PictureBytes Bytes => bytes;

    /// <summary>Whether the whole picture is taken for a face, of confidence 0, when none is found in it.</summary>
    public bool WholeWhenEmpty => wholeWhenEmpty;

    public long ReceivedAt => receivedAt;

    /// <summary>Nobody waits for it any more.</summary>
    public bool IsAbandoned => abandoned.IsCancellationRequested;

    /// <summary>Done when it has been measured or refused.</summary>
    public Task Completion => _done.Task;

    /// <summary>Why it was not measured; null when it was.</summary>
    public StillRefusal? Refusal { get; private set; }

    /// <summary>The upright picture's own size.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Turns pixels of the decoded picture into 0..1.</summary>
    public float ScaleX { get; private set; }

    public float ScaleY { get; private set; }

    public StageTimings Timings { get; set; } = new(0, 0, 0, 0);

    public long QueuedAt { get; set; }

    /// <summary>Its faces, the surest first.</summary>
    public IReadOnlyList<FaceSample> Faces => _faces;

    public void SetSize(int width, int height, GreyImage decoded)
    {
        (Width, Height) = (width, height);
        (ScaleX, ScaleY) = (1f / decoded.Width, 1f / decoded.Height);
    }

    public FaceSample AddFace(in DetectedFace face)
    {
        var sample = new FaceSample(this, model.CreateReading())
        {
            Face = new TrackedFace(_faces.Count + 1, face, Age: 0, Elapsed: 0),
            State = new RecurrentState(model.Shape.StateSize),
        };
        _faces.Add(sample);
        _unread++;
        return sample;
    }

    public bool FaceRead(bool succeeded)
    {
        _failed |= !succeeded;
        return --_unread == 0;
    }

    public void Finish(double inferMilliseconds)
    {
        Timings = Timings with { Infer = inferMilliseconds };
        if (_failed)
        {
            Refuse(StillRefusal.Failed);
        }
        else
        {
            _done.TrySetResult();
        }
    }

    public void Refuse(StillRefusal refusal)
    {
        Refusal = refusal;
        bytes.Dispose();
        _done.TrySetResult();
    }
}
