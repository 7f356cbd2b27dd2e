using System.Threading.Channels;

namespace EmotionStream.Faces.Pipeline;

/// <summary>The sessions that have a frame to begin, each standing in line at most once: first come, first served, however much each sends.</summary>
internal sealed class ReadyQueue
{
    // Unbounded in name only: it never holds more than one entry a session.
    private readonly Channel<FrameLane> _lanes = Channel.CreateUnbounded<FrameLane>();

    public int Count => _lanes.Reader.Count;

    public void Enqueue(FrameLane lane) => _lanes.Writer.TryWrite(lane);

    public ValueTask<FrameLane> NextAsync(CancellationToken cancellation) => _lanes.Reader.ReadAsync(cancellation);
}
