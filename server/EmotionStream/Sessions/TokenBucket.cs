namespace EmotionStream.Sessions;

/// <summary>Lets through so many events a second, and a burst of two seconds' worth.</summary>
internal sealed class TokenBucket(int perSecond, TimeProvider time)
{
    private readonly double _capacity = 2.0 * perSecond;
    private double _tokens = 2.0 * perSecond;
    private long _filledAt = time.GetTimestamp();

    public bool TryTake()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(_capacity, _tokens + (time.GetElapsedTime(_filledAt, now).TotalSeconds * perSecond));
        _filledAt = now;
        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }
}
