using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Emotion;

namespace EmotionStream.Faces.Pipeline;

/// <summary>One picture on its way from its source to its answer, with room for its faces: a camera's frame, a still, or a clip's frame.</summary>
/// <remarks>
/// A camera's session and a clip fill theirs again for every frame, so nothing is allocated per frame. It has one owner at a time: a worker
/// until its last sample is queued, then the inference loop, and after <see cref="Answer"/> its source.
/// </remarks>
internal sealed class Picture(IPictureSource source, EmotionModel model)
{
    private readonly List<FaceSample> _slots = [];
    private int _unread;
    private bool _failed;

    public IPictureSource Source => source;

    /// <summary>The picture's own size, as it was sent.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Turns pixels of the decoded picture into 0..1.</summary>
    public float ScaleX { get; private set; }

    public float ScaleY { get; private set; }

    public StageDurations Durations { get; set; }

    /// <summary>When its faces had been found and their crops began.</summary>
    public long FoundAt { get; set; }

    /// <summary>When its samples were ready for the emotion model.</summary>
    public long QueuedAt { get; set; }

    public int FaceCount { get; private set; }

    public FaceSample this[int index] => _slots[index];

    public IEnumerable<FaceSample> Faces => _slots.Take(FaceCount);

    /// <summary>Makes room for the next frame.</summary>
    public void Clear() => (FaceCount, _unread, _failed, Durations) = (0, 0, false, default);

    public void SetSize(int width, int height, GrayImage decoded)
    {
        (Width, Height) = (width, height);
        (ScaleX, ScaleY) = (1f / decoded.Width, 1f / decoded.Height);
    }

    public FaceSample AddFace(in TrackedFace face, RecurrentState state)
    {
        if (FaceCount == _slots.Count)
        {
            _slots.Add(new FaceSample(this, model.CreateReading()));
        }

        var sample = _slots[FaceCount++];
        _unread++;
        (sample.Face, sample.State) = (face, state);
        return sample;
    }

    /// <summary>One of its faces has been read, or the model failed on it; true when it was the last.</summary>
    public bool FaceRead(bool succeeded)
    {
        _failed |= !succeeded;
        return --_unread == 0;
    }

    /// <summary>All its faces have been through the model, which took so long, waiting included.</summary>
    public void Finish(double inferMilliseconds)
    {
        Durations = Durations with { Infer = inferMilliseconds };
        Answer(_failed ? PictureOutcome.Failed : PictureOutcome.Measured);
    }

    /// <summary>The end of every picture, whatever became of it.</summary>
    public void Answer(PictureOutcome outcome) => source.Answer(outcome);
}
