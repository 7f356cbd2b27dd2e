namespace EmotionStream.Pipeline;

/// <summary>One session's time line in seconds, from the sender's time stamps as far as they make sense.</summary>
/// <remarks>
/// The camera's own stamps are steadier than arrival times, which carry the network's jitter; but they come from outside, so a
/// step that differs from the arrival's by more than <see cref="Tolerance"/> is replaced by the arrival's.
/// </remarks>
internal sealed class FrameClock(TimeProvider time)
{
    private const double Tolerance = 1.0;
    private const double SmallestStep = 0.001;

    private double _now;
    private double _lastCaptured = double.NaN;
    private long _lastReceived;

    /// <summary>Moves to a frame's time and returns it; time never stands still or goes back.</summary>
    public double Advance(double capturedAtMilliseconds, long receivedAt)
    {
        if (_lastReceived != 0)
        {
            var arrival = time.GetElapsedTime(_lastReceived, receivedAt).TotalSeconds;
            var claimed = (capturedAtMilliseconds - _lastCaptured) / 1000;
            // Written so that NaN counts as nonsense.
            var step = Math.Abs(claimed - arrival) <= Tolerance ? claimed : arrival;
            _now += Math.Max(step, SmallestStep);
        }

        (_lastCaptured, _lastReceived) = (capturedAtMilliseconds, receivedAt);
        return _now;
    }
}
