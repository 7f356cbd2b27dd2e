using System.Threading.Channels;

namespace EmotionStream.Faces.Pipeline;

/// <summary>The sessions that have a frame to begin, each standing in line at most once: first come, first served, however much each sends.</summary>
internal sealed class ReadyQueue
{
    // Unbounded in name only: it never holds more than one entry a session.
    private readonly Channel<FrameLane> _lanes = Channel.CreateUnbounded<FrameLane>(new UnboundedChannelOptions { AllowSynchronousContinuations = true });

    public int Count => _lanes.Reader.Count;

    public void Enqueue(FrameLane lane) => _lanes.Writer.TryWrite(lane);

    /// <summary>Waits for the next lane, on a thread that has nothing else to do.</summary>
    public FrameLane Next(CancellationToken cancellation)
    {
        FrameLane? lane;
        while (!_lanes.Reader.TryRead(out lane))
        {
            OwnThread.Wait(_lanes.Reader.WaitToReadAsync(cancellation));
        }

        return lane;
    }
}
