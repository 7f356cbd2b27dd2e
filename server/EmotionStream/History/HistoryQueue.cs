using System.Threading.Channels;
using EmotionStream.Faces.Telemetry;
using Microsoft.Extensions.Options;

namespace EmotionStream.History;

/// <summary>Where readings wait to be written; nobody ever waits to put one here.</summary>
internal sealed class HistoryQueue(IOptions<HistoryOptions> options, EmotionStreamMetrics metrics)
{
    private readonly Channel<HistoryEntry> _entries = Channel.CreateBounded<HistoryEntry>(
        new BoundedChannelOptions(options.Value.Backlog) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    public int Count => _entries.Reader.Count;

    /// <summary>A reading that finds no room is dropped and counted.</summary>
    public void Offer(in HistoryEntry entry)
    {
        if (!_entries.Writer.TryWrite(entry))
        {
            metrics.HistoryDropped();
        }
    }

    public bool TryTake(out HistoryEntry entry) => _entries.Reader.TryRead(out entry);
}
