namespace EmotionStream.Limits;

/// <summary>Lets through so much a second, and a burst; an amount larger than the burst only when nothing is owed, and it is paid off before the next.</summary>
/// <remarks>
/// Thread-safe, without a lock or an allocation: the state is one number, the time until which everything let through is paid off (the generic cell rate
/// algorithm, ITU-T I.371). The limiters of System.Threading.RateLimiting lock, and would need one more object a caller and kind.
/// </remarks>
internal sealed class Rate(double perSecond, double burst, TimeProvider time)
{
    private readonly double _ticks = time.TimestampFrequency / perSecond;
    private readonly long _mostAhead = (long)(burst * time.TimestampFrequency / perSecond);
    private long _paidAt = time.GetTimestamp();

    /// <summary>True when nothing is left to pay off, so that a new one would let through just as much.</summary>
    public bool IsIdle => Volatile.Read(ref _paidAt) <= time.GetTimestamp();

    public bool TryTake() => TryTake(1, out _);

    /// <param name="retryAfter">When to try again, if this was not let through.</param>
    public bool TryTake(long amount, out TimeSpan retryAfter)
    {
        while (true)
        {
            var (now, paidAt) = (time.GetTimestamp(), Volatile.Read(ref _paidAt));
            var (from, cost) = (Math.Max(now, paidAt), (long)(amount * _ticks));
            var wait = from - now + Math.Min(cost, _mostAhead) - _mostAhead;
            if (wait > 0)
            {
                retryAfter = time.GetElapsedTime(0, wait);
                return false;
            }

            if (Interlocked.CompareExchange(ref _paidAt, from + cost, paidAt) == paidAt)
            {
                retryAfter = TimeSpan.Zero;
                return true;
            }
        }
    }

    /// <summary>Counts what has happened already, however much is owed.</summary>
    public void Charge(long amount)
    {
        long paidAt;
        do
        {
            paidAt = Volatile.Read(ref _paidAt);
        }
        while (Interlocked.CompareExchange(ref _paidAt, Math.Max(time.GetTimestamp(), paidAt) + (long)(amount * _ticks), paidAt) != paidAt);
    }
}
