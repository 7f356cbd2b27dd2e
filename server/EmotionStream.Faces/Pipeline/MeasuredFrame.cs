using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Emotion;

namespace EmotionStream.Faces.Pipeline;

/// <summary>The one frame of a session that is being worked on, with room for its faces.</summary>
/// <remarks>
/// Made once per session and filled again and again: nothing is allocated per frame. It has one owner at a time: a worker until
/// its last sample is queued, then the inference loop.
/// </remarks>
internal sealed class MeasuredFrame(FrameLane lane, EmotionModel model) : ISampledPicture
{
    private readonly List<FaceSample> _slots = [];
    private int _faces;
    private int _unread;

    public FrameLane Lane => lane;

    public IncomingFrame Incoming { get; private set; }

    /// <summary>The picture's own size, as it was sent.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Turns pixels of the decoded picture into 0..1 of the frame.</summary>
    public float ScaleX { get; private set; }

    public float ScaleY { get; private set; }

    public StageTimings Timings { get; set; } = new(0, 0, 0, 0);

    /// <summary>When its faces had been found and their crops began.</summary>
    public long FoundAt { get; set; }

    public long QueuedAt { get; set; }

    /// <summary>The emotion model failed on one of its faces.</summary>
    public bool HasFailed { get; private set; }

    public int FaceCount => _faces;

    public FaceSample this[int index] => _slots[index];

    public void Begin(in IncomingFrame incoming)
    {
        Incoming = incoming;
        _faces = 0;
        _unread = 0;
        HasFailed = false;
    }

    public void SetSize(int width, int height, GreyImage decoded)
    {
        (Width, Height) = (width, height);
        (ScaleX, ScaleY) = (1f / decoded.Width, 1f / decoded.Height);
    }

    public FaceSample AddFace(in TrackedFace face, RecurrentState state)
    {
        if (_faces == _slots.Count)
        {
            _slots.Add(new FaceSample(this, model.CreateReading()));
        }

        var sample = _slots[_faces++];
        _unread++;
        sample.Face = face;
        sample.State = state;
        return sample;
    }

    public bool FaceRead(bool succeeded)
    {
        HasFailed |= !succeeded;
        return --_unread == 0;
    }

    public void Finish(double inferMilliseconds) => lane.Finish(inferMilliseconds);
}
