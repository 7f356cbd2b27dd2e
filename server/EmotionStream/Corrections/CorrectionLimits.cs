using System.Net;
using EmotionStream.Contracts;
using EmotionStream.Limits;
using Microsoft.Extensions.Options;

namespace EmotionStream.Corrections;

/// <summary>Keeps one address from flooding the corrections, or from posing as many people.</summary>
internal sealed class CorrectionLimits(IOptions<FeedbackOptions> options, TimeProvider time)
{
    // Addresses tracked at once; beyond that, the least recently seen one is dropped.
    private const int MaxAddresses = 10_000;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Lock _changes = new();
    private readonly Dictionary<string, Address> _addresses = [];

    /// <summary>Null where one more correction is allowed.</summary>
    public Refusal? Take(IPAddress? address, string contributor)
    {
        lock (_changes)
        {
            var now = time.GetTimestamp();
            var known = Of(Network.Of(address), now);
            known.HeardAt = now;
            if (!known.Corrections.TryTake(1, out var retryAfter))
            {
                return Refusals.TooManyCorrections(retryAfter);
            }

            if (time.GetElapsedTime(known.CountedSince, now) > Day)
            {
                (known.CountedSince, known.Contributors) = (now, []);
            }

            if (!known.Contributors.Contains(contributor) && known.Contributors.Count >= options.Value.MaxContributorsPerAddress)
            {
                return Refusals.TooManyContributors;
            }

            known.Contributors.Add(contributor);
            return null;
        }
    }

    private Address Of(string address, long now)
    {
        if (_addresses.TryGetValue(address, out var known))
        {
            return known;
        }

        if (_addresses.Count >= MaxAddresses)
        {
            _addresses.Remove(_addresses.MinBy(pair => pair.Value.HeardAt).Key);
        }

        var perMinute = options.Value.MaxPerMinute;
        return _addresses[address] = new Address { Corrections = new Rate(perMinute / 60.0, burst: perMinute, time), CountedSince = now };
    }

    private sealed class Address
    {
        public required Rate Corrections { get; init; }

        public long HeardAt { get; set; }

        public long CountedSince { get; set; }

        public HashSet<string> Contributors { get; set; } = [];
    }
}
