using System.Collections.Concurrent;

namespace EmotionStream.Telemetry;

/// <summary>Parts that do not work although the server as a whole does; `/readyz` shows it.</summary>
internal sealed class Degradations
{
    private readonly ConcurrentDictionary<string, string> _reasons = [];

    public bool Any => !_reasons.IsEmpty;

    /// <summary>Says why a part does not work, or with null that it does again; true if that is a change.</summary>
    /// <param name="reason">In words for everybody: hosts, paths and accounts are for the log.</param>
    public bool Report(string part, string? reason)
    {
        if (reason is null)
        {
            return _reasons.TryRemove(part, out _);
        }

        var isNew = _reasons.TryAdd(part, reason);
        _reasons[part] = reason;
        return isNew;
    }

    public override string ToString() => string.Join("; ", _reasons.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value}"));
}
