using EmotionStream.Contracts;

namespace EmotionStream.Limits;

/// <summary>What one address or one key still may do.</summary>
/// <remarks>Thread-safe; nothing here locks.</remarks>
internal sealed class Quota(Allowance allowance, TimeProvider time, Action<string> warn)
{
    private const int BurstSeconds = 60;

    private readonly Rate _warnings = new(1.0 / BurstSeconds, burst: 1, time);
    private int _connections;
    private int _sessions;

    public Rate Requests { get; } = Create(allowance.RequestsPerSecond, time);

    public Rate Frames { get; } = Create(allowance.FramesPerSecond, time);

    public Rate Pixels { get; } = Create(allowance.PixelsPerSecond, time);

    public Rate Bytes { get; } = Create(allowance.BytesPerSecond, time);

    /// <summary>True when a new one would allow just as much.</summary>
    public bool IsIdle =>
        Volatile.Read(ref _connections) == 0 && Volatile.Read(ref _sessions) == 0 && Requests.IsIdle && Frames.IsIdle && Pixels.IsIdle && Bytes.IsIdle;

    public Refusal? BeginSession() => Begin(ref _sessions, allowance.Sessions, Refusals.TooManySessionsOfOne, "sessions");

    public void EndSession() => Interlocked.Decrement(ref _sessions);

    public Refusal? BeginConnection() => Begin(ref _connections, allowance.Connections, Refusals.TooManyConnections, "connections");

    public void EndConnection() => Interlocked.Decrement(ref _connections);

    /// <summary>Takes from one of the rates.</summary>
    /// <param name="what">What is counted, in the plural.</param>
    public Refusal? Take(Rate rate, long amount, string what)
    {
        if (rate.TryTake(amount, out var retryAfter))
        {
            return null;
        }

        Warn(what);
        return Refusals.TooMuchOfOne(what, retryAfter);
    }

    private static Rate Create(double perSecond, TimeProvider time) => new(perSecond, perSecond * BurstSeconds, time);

    private Refusal? Begin(ref int count, int most, Refusal refusal, string what)
    {
        if (Interlocked.Increment(ref count) <= most)
        {
            return null;
        }

        Interlocked.Decrement(ref count);
        Warn(what);
        return refusal;
    }

    /// <summary>Once a minute: who floods the server must not flood its log.</summary>
    private void Warn(string what)
    {
        if (_warnings.TryTake())
        {
            warn(what);
        }
    }
}
