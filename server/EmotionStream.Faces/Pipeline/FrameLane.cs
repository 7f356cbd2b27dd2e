using EmotionStream.Contracts;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Tracking;

namespace EmotionStream.Faces.Pipeline;

/// <summary>One session's way through the pipeline: its mailbox, its faces' tracks and memory, and its one frame at work.</summary>
/// <remarks>
/// <see cref="Post"/> and <see cref="Close"/> may be called from anywhere. Everything else belongs to whoever holds the lane: it stands
/// in the ready queue at most once, and goes back there only when its frame has been answered, so at most one frame of a session is
/// between mailbox and answer and neither tracks nor memory need a lock.
/// </remarks>
internal sealed class FrameLane
{
    private readonly IFrameSink _sink;
    private readonly ReadyQueue _ready;
    private readonly FrameMailbox _mailbox;
    private int _held;

    public FrameLane(IFrameSink sink, ReadyQueue ready, int mailboxCapacity, FaceSearch search, EmotionModel model, FrameClock clock)
    {
        (_sink, _ready, Search, Clock) = (sink, ready, search, clock);
        _mailbox = new FrameMailbox(mailboxCapacity, frame => Reject(frame, RejectionReason.Superseded, "A newer frame took its place."));
        Memory = model.CreateMemory();
        Frame = new MeasuredFrame(this, model);
    }

    public FaceSearch Search { get; }

    public FrameClock Clock { get; }

    public SequenceMemory Memory { get; }

    /// <summary>The frame being worked on.</summary>
    public MeasuredFrame Frame { get; }

    /// <summary>True while a worker or the inference loop has a frame of this lane, or soon will.</summary>
    public bool IsBusy => Volatile.Read(ref _held) != 0;

    /// <summary>Takes a frame over and answers it sooner or later.</summary>
    public void Post(in IncomingFrame frame)
    {
        if (_mailbox.Post(frame))
        {
            Wake();
        }
        else
        {
            Reject(frame, RejectionReason.NotStarted, "The session has ended.");
        }
    }

    /// <summary>Makes the oldest waiting frame the one at work.</summary>
    public bool TryBegin()
    {
        if (!_mailbox.TryTake(out var incoming))
        {
            return false;
        }

        Frame.Begin(incoming);
        return true;
    }

    /// <summary>The frame at work has its readings, if any: hands them on and lets the next frame begin.</summary>
    public void Complete()
    {
        _sink.OnMeasured(Frame);
        Release();
    }

    /// <summary>The emotion model is done with the frame at work.</summary>
    public void Finish(double inferMilliseconds)
    {
        if (Frame.HasFailed)
        {
            Fail();
            return;
        }

        Frame.Timings = Frame.Timings with { Infer = inferMilliseconds };
        Complete();
    }

    /// <summary>The server failed on the frame at work: it is answered all the same, and the next frame begins.</summary>
    public void Fail()
    {
        Reject(Frame.Incoming, RejectionReason.Busy, "The server failed on this frame.");
        Release();
    }

    public void Reject(in IncomingFrame frame, RejectionReason reason, string detail)
    {
        frame.Jpeg.Dispose();
        _sink.OnRejected(frame, reason, detail);
    }

    /// <summary>Ends the hold on the lane; it lines up again if a frame has come meanwhile.</summary>
    public void Release()
    {
        Volatile.Write(ref _held, 0);
        if (_mailbox.HasFrame)
        {
            Wake();
        }
    }

    /// <summary>Takes no more frames and answers the waiting ones.</summary>
    public void Close(RejectionReason reason, string detail)
    {
        _mailbox.Close();
        while (_mailbox.TryTake(out var frame))
        {
            Reject(frame, reason, detail);
        }
    }

    private void Wake()
    {
        if (Interlocked.CompareExchange(ref _held, 1, 0) == 0)
        {
            _ready.Enqueue(this);
        }
    }
}
