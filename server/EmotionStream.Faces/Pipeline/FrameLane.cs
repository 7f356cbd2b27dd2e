using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Telemetry;

namespace EmotionStream.Faces.Pipeline;

/// <summary>One session's way through the pipeline: its mailbox, its followed faces, and its one frame at work.</summary>
/// <remarks>
/// <see cref="Post"/> and <see cref="Close"/> may be called from anywhere. Everything else belongs to the holder of the lane: it stands
/// in the ready queue at most once, and goes back there only when its frame has been answered, so at most one frame of a session is
/// between mailbox and answer and neither tracks nor memory need a lock.
/// </remarks>
internal sealed partial class FrameLane : IPictureSource, IThreadPoolWorkItem
{
    private readonly IFrameSink _sink;
    private readonly ReadyQueue _ready;
    private readonly FrameMailbox _mailbox;
    private readonly FaceFollower _faces;
    private readonly FrameClock _clock;
    private readonly FairShare _share;
    private readonly ILogger _logger;
    private IncomingFrame _frame;
    private PictureOutcome _outcome;
    private long _linedUpAt;
    private int _countedIn;
    private int _held;

    public FrameLane(IFrameSink sink, ReadyQueue ready, PipelineOptions options, FaceFollower faces, EmotionModel model, FrameClock clock, FairShare share, ILogger logger)
    {
        (_sink, _ready, _faces, _clock, _share, _logger) = (sink, ready, faces, clock, share, logger);
        _mailbox = new FrameMailbox(options.MailboxCapacity, frame => Reject(frame, RejectionReason.Superseded, "A newer frame took its place."));
        Picture = new Picture(this, model);
    }

    public PicturePriority Priority => PicturePriority.Live;

    public StageNames Stages => Telemetry.Stages.Frame;

    public long ReceivedAt => _frame.ReceivedAt;

    /// <summary>The frame being worked on.</summary>
    public Picture Picture { get; }

    /// <summary>True while a worker or the inference loop has a frame of this lane, or soon will.</summary>
    public bool IsBusy => Volatile.Read(ref _held) != 0;

    /// <summary>How many frames a second its sender should send at the moment; null for as many as it likes.</summary>
    public double? Pace => _share.Pace;

    /// <summary>What another server needs to go on. Only for the holder of the lane, or once it is closed and no frame is at work.</summary>
    public LaneSnapshot Save() => _faces.Save(_clock.At);

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

    /// <summary>Makes the oldest waiting frame the one at work; without one the lane is let go.</summary>
    public bool TryBegin()
    {
        var waited = _clock.Since(_linedUpAt);
        var begun = _mailbox.TryTake(out _frame);
        if (begun)
        {
            _share.Begun(ref _countedIn, waited);
        }
        else
        {
            Release();
        }

        return begun;
    }

    public PictureResult Decode(PictureDecoder decoder, GrayImage image, out int width, out int height)
    {
        using var jpeg = _frame.Jpeg;
        var result = decoder.Decode(jpeg.Bytes, image);
        (width, height) = (decoder.OriginalWidth, decoder.OriginalHeight);
        return result;
    }

    public ReadOnlySpan<TrackedFace> Find(FaceDetector detector, GrayImage image) =>
        _faces.Find(detector, image, _clock.Advance(_frame.CapturedAt, _frame.ReceivedAt), _share.Measured);

    public RecurrentState StateOf(int faceId) => _faces.StateOf(faceId);

    /// <summary>Ends the frame at work. Its message is built on the thread pool, so that workers and the inference loop go on with other pictures.</summary>
    public void Answer(PictureOutcome outcome)
    {
        _outcome = outcome;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Reject(in IncomingFrame frame, RejectionReason reason, string detail)
    {
        frame.Jpeg.Dispose();
        _sink.OnRejected(frame, reason, detail);
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

    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            switch (_outcome)
            {
                case PictureOutcome.Measured:
                    _sink.OnMeasured(_frame, Picture);
                    break;
                case PictureOutcome.TooManyPixels:
                    Reject(_frame, RejectionReason.TooLarge, "The picture has more pixels than this server takes.");
                    break;
                case PictureOutcome.Busy:
                    Reject(_frame, RejectionReason.Busy, "The server is stopping.");
                    break;
                case PictureOutcome.Failed:
                    Reject(_frame, RejectionReason.Busy, "The server failed on this frame.");
                    break;
                default:
                    Reject(_frame, RejectionReason.Undecodable, "The bytes are no complete JPEG picture.");
                    break;
            }
        }
        catch (Exception exception)
        {
            LogAnswerFailed(exception);
        }

        Release();
    }

    /// <summary>Ends the hold on the lane; it is queued again if a frame has arrived in the meantime.</summary>
    private void Release()
    {
        Volatile.Write(ref _held, 0);
        if (_mailbox.HasFrame)
        {
            Wake();
        }
    }

    private void Wake()
    {
        if (Interlocked.CompareExchange(ref _held, 1, 0) == 0)
        {
            _linedUpAt = _clock.Now;
            _ready.Enqueue(this);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A frame's answer was lost to an error of the server")]
    private partial void LogAnswerFailed(Exception exception);
}
