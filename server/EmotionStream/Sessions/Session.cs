using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Telemetry;
using EmotionStream.Limits;

namespace EmotionStream.Sessions;

/// <summary>One sender's stay: its limits, its lane through the pipeline and the answers it is owed; it may outlive a connection.</summary>
internal sealed class Session : IFrameSink
{
    private static readonly TimeSpan SnapshotPace = TimeSpan.FromSeconds(1);

    private readonly SessionsOptions _options;
    private readonly EmotionStreamMetrics _metrics;
    private readonly FrameTraces _traces;
    private readonly TimeProvider _time;
    private readonly Rate _rate;
    private readonly AnswerQueue<ICameraClient, object> _answers;
    private readonly FrameLane _lane;
    private volatile SenderConnection? _connection;
    private volatile IReadingObserver? _observer;
    private volatile Baseline? _baseline;
    private volatile bool _hasEnded;
    private long _detachedAt;
    private long _snapshotAt;

    /// <param name="earlier">What another server has left of it, and its token, if it was there before.</param>
    /// <exception cref="FormatException">What was left does not fit this server.</exception>
    public Session(
        SenderProfile profile, SessionsOptions options, FrameLaneFactory lanes, EmotionStreamMetrics metrics, FrameTraces traces, TimeProvider time,
        (string Token, TakenOver<SessionSnapshot> Left)? earlier = null)
    {
        (Profile, _options, _metrics, _traces, _time) = (profile, options, metrics, traces, time);
        var left = earlier?.Left.State;
        (Id, ResumeToken) = (left?.Id ?? Secrets.NewId(), earlier?.Token ?? Secrets.NewToken());
        (StartedAt, Moves) = (left?.StartedAt ?? time.GetUtcNow(), earlier?.Left.Moves ?? 0);
        _rate = new Rate(options.MaxFramesPerSecond, burst: 2 * options.MaxFramesPerSecond, time);
        _answers = new AnswerQueue<ICameraClient, object>(options.MaxUnreadAnswers, SendAsync, () => _connection?.Abort());
        _lane = lanes.Create(this, left?.Faces);
        Snapshot = new SessionSnapshot(Id, StartedAt, _lane.Save());
        RecentFaces = new RecentFaces(time);
        _ = _answers.DeliverAsync(() => _connection?.Client);
    }

    public string Id { get; }

    public string ResumeToken { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>How often it has gone from one server to another.</summary>
    public int Moves { get; }

    /// <summary>What another server needs to go on with it; never much older than a second where <see cref="KeepsSnapshots"/> is set.</summary>
    public SessionSnapshot Snapshot { get; private set; }

    public bool KeepsSnapshots { get; init; }

    public SenderProfile Profile { get; private set; }

    /// <summary>For whom it counts until it ends, wherever it goes on.</summary>
    public required ClientQuota BegunBy { get; init; }

    /// <summary>What can still be corrected of what was measured.</summary>
    public RecentFaces RecentFaces { get; }

    /// <summary>When the sender was lost; null while it is connected.</summary>
    public long? DetachedAt => Volatile.Read(ref _detachedAt) is var since and not 0 ? since : null;

    /// <summary>True when nothing is waiting, at work or on its way to the sender.</summary>
    public bool IsIdle => !_lane.IsBusy && _answers.IsEmpty;

    public bool IsOn(string connectionId) => _connection?.Id == connectionId;

    /// <summary>Puts the session on a connection; one that it was on before is closed.</summary>
    public void Attach(SenderConnection connection, SenderProfile profile)
    {
        var before = _connection;
        (Profile, _connection) = (profile, connection);
        JudgeAgainst(profile.RestFace);
        Volatile.Write(ref _detachedAt, 0);
        if (before?.Id != connection.Id)
        {
            before?.Abort();
        }
    }

    /// <summary>Closes the connection: another server has gone on with the session.</summary>
    public void Drop() => _connection?.Abort();

    /// <summary>Judges the sender's readings against a rest face from now on, or as they are.</summary>
    public void JudgeAgainst(RestFace? rest) => _baseline = rest is null ? null : new Baseline(rest);

    /// <summary>The connection is gone; false if the session had moved on to another one.</summary>
    public bool Detach(string connectionId)
    {
        if (!IsOn(connectionId))
        {
            return false;
        }

        Volatile.Write(ref _detachedAt, _time.GetTimestamp());
        _connection = null;
        return true;
    }

    /// <summary>Who learns of the readings besides the sender; nobody by default.</summary>
    public IReadingObserver? Observer => _observer;

    /// <summary>Lets another one learn of the readings from now on, and of the end even if it has been.</summary>
    public void Observe(IReadingObserver? observer)
    {
        _observer = observer;
        if (_hasEnded)
        {
            observer?.OnEnded();
        }
    }

    /// <summary>Takes a frame over and returns at once; its answer follows.</summary>
    public void Submit(long sequence, double capturedAt, JpegFrame jpeg)
    {
        var frame = new IncomingFrame(sequence, capturedAt, _time.GetTimestamp(), jpeg);
        _metrics.FrameReceived();
        if (!_rate.TryTake())
        {
            _lane.Reject(frame, RejectionReason.RateLimited, $"More than {_options.MaxFramesPerSecond} frames a second.");
        }
        else if (jpeg.Length > _options.MaxFrameBytes)
        {
            _lane.Reject(frame, RejectionReason.TooLarge, $"More than {_options.MaxFrameBytes} bytes.");
        }
        else if (_connection?.Quota.TakeFrame(jpeg.Length) is { } refusal)
        {
            _lane.Reject(frame, RejectionReason.RateLimited, refusal.Detail);
        }
        else
        {
            _lane.Post(frame);
        }
    }

    public void OnMeasured(in IncomingFrame frame, Picture picture)
    {
        _metrics.FrameMeasured(_time.GetElapsedTime(frame.ReceivedAt));
        _baseline?.Judge(picture);
        RecentFaces.Keep(frame.CapturedAt, picture);
        var measured = new Measured(
            frame.Sequence, frame.CapturedAt, picture.Width, picture.Height, Readings.OverTime(picture, Profile.WantHeatmap), picture.Durations.ToTimings(), _lane.Pace);
        _answers.Add(_traces.Begin(frame, picture) is { } trace ? new TracedAnswer(measured, trace) : measured);

        if (!_hasEnded)
        {
            _observer?.OnMeasured(measured);
        }

        if (KeepsSnapshots && _time.GetElapsedTime(_snapshotAt) >= SnapshotPace)
        {
            // The lane is still this frame's.
            TakeSnapshot();
        }
    }

    /// <summary>Brings <see cref="Snapshot"/> up to date; only while no frame is at work.</summary>
    public void TakeSnapshot() => (_snapshotAt, Snapshot) = (_time.GetTimestamp(), new SessionSnapshot(Id, StartedAt, _lane.Save()));

    public void OnRejected(in IncomingFrame frame, RejectionReason reason, string detail)
    {
        _metrics.FrameDropped(reason);
        _answers.Add(new Rejected(frame.Sequence, reason, detail, _lane.Pace));
    }

    /// <summary>Takes no more frames; the one at work is still answered.</summary>
    public void StopTaking(RejectionReason reason, string detail) => _lane.Close(reason, detail);

    public void Tell(Stopping stopping) => _answers.Add(stopping);

    /// <summary>Ends the session: tracks and recurrent states die with it. The frame at work, if there is one, is still answered.</summary>
    public void End()
    {
        _hasEnded = true;
        _observer?.OnEnded();
        // The answers stay open for the frame at work; nothing else holds them, so they go with the session.
        StopTaking(RejectionReason.NotStarted, "The session has ended.");
    }

    private static Task SendAsync(ICameraClient client, object answer) => answer switch
    {
        Measured measured => client.Measured(measured),
        Rejected rejected => client.Rejected(rejected),
        Stopping stopping => client.Stopping(stopping),
        TracedAnswer(var measured, var trace) => trace.AnswerAsync(client.Measured(measured)),
        _ => throw new ArgumentException("Not an answer.", nameof(answer)),
    };

    private sealed record TracedAnswer(Measured Measured, FrameTrace Trace);
}
