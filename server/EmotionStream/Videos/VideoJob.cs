using EmotionStream.Contracts;

namespace EmotionStream.Videos;

/// <summary>One uploaded clip from its arrival until its result is forgotten.</summary>
/// <remarks>Its worker writes, any number of requests read.</remarks>
internal sealed class VideoJob(string id, AnonymousFile file, string format)
{
    private readonly Lock _lock = new();
    private readonly List<VideoFrame> _frames = [];
    private volatile bool _isCanceled;
    private VideoState _state;
    private TimeSpan? _length;
    private Refusal? _problem;

    public string Id => id;

    /// <summary>Why it was not measured; null while it may yet be.</summary>
    public Refusal? Problem
    {
        get
        {
            lock (_lock)
            {
                return _problem;
            }
        }
    }

    public AnonymousFile File => file;

    /// <summary>ffmpeg's name of the clip's format.</summary>
    public string Format => format;

    /// <summary>Nobody wants the result.</summary>
    public bool IsCanceled => _isCanceled;

    /// <summary>When it was over; null until then.</summary>
    public long? EndedAt { get; private set; }

    public VideoStatus Status
    {
        get
        {
            lock (_lock)
            {
                var seconds = _frames.Count > 0 ? _frames[^1].Seconds : 0;
                return new VideoStatus(id, _state, _state == VideoState.Done ? 1 : Progress(seconds), _frames.Count, seconds, _problem is { } problem ? StillProblem.Of(problem) : null);
            }
        }
    }

    public bool IsOver => EndedAt is not null;

    public IReadOnlyList<VideoFrame> Frames
    {
        get
        {
            lock (_lock)
            {
                return [.. _frames];
            }
        }
    }

    public void Begin()
    {
        lock (_lock)
        {
            _state = VideoState.Working;
        }
    }

    public void Add(VideoFrame frame, TimeSpan? length)
    {
        lock (_lock)
        {
            _frames.Add(frame);
            _length = length;
        }
    }

    /// <summary>The work is over; the clip itself is forgotten at once.</summary>
    public void End(Refusal? problem, long at)
    {
        lock (_lock)
        {
            (_state, _problem, EndedAt) = (problem is null ? VideoState.Done : VideoState.Failed, problem, at);
        }

        file.Dispose();
    }

    public void Cancel() => _isCanceled = true;

    private double? Progress(double seconds) => _length is { TotalSeconds: > 0 } length ? Math.Round(Math.Min(1, seconds / length.TotalSeconds), 3) : null;
}
