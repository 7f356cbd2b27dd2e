using EmotionStream.Faces;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Pipeline;

namespace EmotionStream.Videos;

/// <summary>The one picture of a clip that is being worked on, with room for its faces; filled again for every picture.</summary>
/// <remarks>Belongs to the clip's thread until its samples are queued, then to the inference loop, and after <see cref="Wait"/> to the thread again.</remarks>
internal sealed class ClipFrame(EmotionModel model) : ISampledPicture, IDisposable
{
    private readonly List<FaceSample> _slots = [];
    private readonly ManualResetEventSlim _read = new();
    private int _unread;

    public long QueuedAt => 0;

    public int FaceCount { get; private set; }

    /// <summary>The emotion model failed on one of its faces.</summary>
    public bool HasFailed { get; private set; }

    public FaceSample this[int index] => _slots[index];

    public void Begin()
    {
        (FaceCount, _unread, HasFailed) = (0, 0, false);
        _read.Reset();
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

    public bool FaceRead(bool succeeded)
    {
        HasFailed |= !succeeded;
        return --_unread == 0;
    }

    public void Finish(double inferMilliseconds) => _read.Set();

    /// <summary>Waits until all its faces have been read.</summary>
    public void Wait(CancellationToken cancellation) => _read.Wait(cancellation);

    public void Dispose() => _read.Dispose();
}
