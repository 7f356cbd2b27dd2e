namespace EmotionStream.Cluster;

/// <summary>The thread between a room on this server and the cluster's room of that name.</summary>
internal sealed class RoomTie(string name)
{
    // Readings go out twice as often as the fastest viewer elsewhere wants to see them, so that none is older than half a pause when it is shown.
    private const double SlowestHz = 10;
    private const double FastestHz = 30;

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(1);

    private readonly Lock _life = new();
    private TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isFollowed;

    public string Name => name;

    /// <summary>How often viewers on other servers want to see the room; 0 if nobody there watches.</summary>
    public double WantedHz { get; set; }

    public bool IsReachable { get; set; } = true;

    /// <summary>The newest state of the call that news have told of.</summary>
    public CallVersion CallAt { get; set; }

    /// <summary>Ends when something is to be told at once.</summary>
    public Task NextChange => Volatile.Read(ref _change).Task;

    public TimeSpan Pace => WantedHz > 0 ? TimeSpan.FromSeconds(1 / Math.Clamp(2 * WantedHz, SlowestHz, FastestHz)) : Renewal;

    public void Wake() =>
        Interlocked.Exchange(ref _change, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>True for the one who is to follow the room now.</summary>
    public bool TryBegin()
    {
        lock (_life)
        {
            var begins = !_isFollowed;
            _isFollowed = true;
            return begins;
        }
    }

    /// <summary>Ends, unless the room has come back meanwhile.</summary>
    public bool TryEnd(Func<bool> isGone)
    {
        lock (_life)
        {
            _isFollowed = !isGone();
            return !_isFollowed;
        }
    }
}
