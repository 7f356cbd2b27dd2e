namespace EmotionStream.Faces.Pipeline;

/// <summary>One session's time line in seconds, from the sender's time stamps as far as they make sense.</summary>
/// <remarks>
/// The camera's own stamps are steadier than arrival times, which carry the network's jitter; but they come from outside, so a
/// step that differs from the arrival's by more than <see cref="Tolerance"/> is replaced by the arrival's. A pause counts as
/// <see cref="LongestStep"/> at most: while no frame comes nobody looks, and a face that is there again after a broken connection
/// was not away.
/// </remarks>
internal sealed class FrameClock(TimeProvider time)
{
    private const double Tolerance = 1.0;
    private const double SmallestStep = 0.001;

    // Below the 1.5 s that a face may stay unseen (Vision:TrackIdle).
    private const double LongestStep = 1.0;

    private double _now;
    private double _lastCaptured = double.NaN;
    private long _lastReceived;

    /// <summary>The session's time at its newest frame, in seconds.</summary>
    public double At => _now;

    /// <summary>The monotonic time stamp of now.</summary>
    public long Now => time.GetTimestamp();

    public TimeSpan Since(long timestamp) => time.GetElapsedTime(timestamp);

    /// <summary>Goes on after a pause in which another server stopped and this one took over.</summary>
    public void GoOnFrom(double at) => _now = at + LongestStep;

    /// <summary>Moves to a frame's time and returns it; time never stands still or goes back.</summary>
    public double Advance(double capturedAtMilliseconds, long receivedAt)
    {
        if (_lastReceived != 0)
        {
            var arrival = time.GetElapsedTime(_lastReceived, receivedAt).TotalSeconds;
            var claimed = (capturedAtMilliseconds - _lastCaptured) / 1000;
            // Written so that NaN counts as nonsense.
            var step = Math.Abs(claimed - arrival) <= Tolerance ? claimed : arrival;
            _now += Math.Clamp(step, SmallestStep, LongestStep);
        }

        (_lastCaptured, _lastReceived) = (capturedAtMilliseconds, receivedAt);
        return _now;
    }
}
