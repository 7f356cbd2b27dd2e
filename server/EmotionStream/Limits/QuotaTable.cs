using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;

namespace EmotionStream.Limits;

/// <summary>The quotas of all addresses and keys that were heard of lately.</summary>
internal sealed partial class QuotaTable(IOptions<LimitsOptions> options, TimeProvider time, ILogger<QuotaTable> logger)
{
    // A quota takes 600 bytes. Addresses beyond share one: an attack from so many is no single caller's doing.
    private const int MaxQuotas = 100_000;

    private const string Others = "others";

    private readonly ConcurrentDictionary<string, Quota> _quotas = [];

    public int Count => _quotas.Count;

    public Quota OfAddress(IPAddress address) => Of(Network.Of(address), options.Value.PerAddress);

    /// <param name="name">The key's name in logs, never the key itself.</param>
    public Quota OfKey(string name) => Of(name, options.Value.PerKey);

    /// <summary>Forgets who has been quiet for long enough to be as good as new.</summary>
    public void Sweep()
    {
        foreach (var quota in _quotas.Where(quota => quota.Value.IsIdle))
        {
            _quotas.TryRemove(quota);
        }
    }

    private Quota Of(string client, Allowance allowance)
    {
        if (_quotas.TryGetValue(client, out var known))
        {
            return known;
        }

        var name = _quotas.Count < MaxQuotas ? client : Others;
        return _quotas.GetOrAdd(name, _ => new Quota(allowance, time, what => LogOverLimit(name, what)));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Client} sends more {What} than one caller may; they are refused")]
    private partial void LogOverLimit(string client, string what);
}
