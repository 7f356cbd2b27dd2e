using System.Text;
using EmotionStream.Contracts;

namespace EmotionStream.History;

/// <summary>One session in one room, whose readings are kept at a steady rate.</summary>
/// <remarks>Offered to on the frames' own way, one frame at a time; what is between two turns costs a look at the clock.</remarks>
internal sealed class HistorySource(
    string room, string person, Func<string?> name, string owner, TimeSpan interval, HistoryQueue queue, TimeProvider time)
{
    private long _due = long.MinValue;
    private volatile bool _muted;

    public string Room { get; } = WellFormed(room);

    public string Person => person;

    public string? Name => name() is { } given ? WellFormed(given) : null;

    /// <summary>See <see cref="HistoryRecorder.OwnerOf"/>.</summary>
    public string Owner => owner;

    /// <summary>Keeps nothing more of this stay.</summary>
    public void Mute() => _muted = true;

    public void Offer(IReadOnlyList<FaceReading> faces)
    {
        var now = time.GetTimestamp();
        if (now < _due || _muted)
        {
            return;
        }

        // From the last turn rather than from now, so that the rate holds whatever the frames' own rate; after a pause it starts over.
        var step = (long)(interval.TotalSeconds * time.TimestampFrequency);
        _due = _due > now - step ? _due + step : now + step;
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 0; i < faces.Count; i++)
        {
            queue.Offer(new HistoryEntry(this, at, faces[i]));
        }
    }

    /// <summary>Half a surrogate pair can be put into a name, but not into a database.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
