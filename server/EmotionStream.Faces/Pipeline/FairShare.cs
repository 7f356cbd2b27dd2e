namespace EmotionStream.Faces.Pipeline;

/// <summary>How many frames a second each sender gets while there are more than the server can measure.</summary>
/// <remarks>
/// Sessions are served in turn, so all that send enough get the same. Called by all workers, without a lock: a count that comes late counts for
/// the next window.
/// </remarks>
internal sealed class FairShare(TimeProvider time)
{
    // Frames that stand in line for longer on the average say that there are too many.
    private static readonly TimeSpan LongWait = TimeSpan.FromMilliseconds(30);

    // Long enough that a sender of one frame a second is counted.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    // Once nothing stands in line any more: at ten a second, a server that keeps up again is recovered after 4 s.
    private const double Raised = 1.5;

    // From here on nobody needs to be told.
    private const double Enough = 60;

    // Senders may send more than they get, so that a fresh frame is there when their turn comes. What is refused is thrown away before it is
    // decoded; at three times what the server can do that costs it a tenth of its frames.
    private const double SentPerMeasured = 3;

    private long _since = time.GetTimestamp();
    private long _waited;
    private int _frames;
    private int _senders;
    private int _window = 1;
    private double _measured = double.PositiveInfinity;

    /// <summary>Frames a second that are measured of each sender; infinite where the server keeps up.</summary>
    public double Measured => Volatile.Read(ref _measured);

    /// <summary>Frames a second that a sender should send at most; null where the server keeps up.</summary>
    public double? Pace => Measured is var measured && double.IsFinite(measured) ? Math.Round(SentPerMeasured * measured, 1) : null;

    /// <summary>A sender's frame was begun after it stood in line for some time.</summary>
    /// <param name="countedIn">The sender's own note of when it was counted last; 0 at first.</param>
    public void Begun(ref int countedIn, TimeSpan waited)
    {
        Interlocked.Add(ref _waited, waited.Ticks);
        Interlocked.Increment(ref _frames);
        if (Volatile.Read(ref _window) is var window && countedIn != window)
        {
            countedIn = window;
            Interlocked.Increment(ref _senders);
        }

        var since = Volatile.Read(ref _since);
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(since, now) is var took && took >= Window && Interlocked.CompareExchange(ref _since, now, since) == since)
        {
            Judge(took);
        }
    }

    private void Judge(TimeSpan took)
    {
        Interlocked.Increment(ref _window);
        var frames = Math.Max(1, Interlocked.Exchange(ref _frames, 0));
        var senders = Math.Max(1, Interlocked.Exchange(ref _senders, 0));
        var wait = TimeSpan.FromTicks(Interlocked.Exchange(ref _waited, 0) / frames);
        var measured = wait > LongWait ? frames / took.TotalSeconds / senders : Raised * _measured;
        Volatile.Write(ref _measured, measured < Enough ? measured : double.PositiveInfinity);
    }
}
