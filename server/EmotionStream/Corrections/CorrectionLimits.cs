using System.Net;
using System.Net.Sockets;
using EmotionStream.Contracts;
using Microsoft.Extensions.Options;

namespace EmotionStream.Corrections;

/// <summary>Keeps one address from flooding the corrections, or from becoming a crowd.</summary>
internal sealed class CorrectionLimits(IOptions<FeedbackOptions> options, TimeProvider time)
{
    // So many addresses are watched at once; the one not heard of for longest gives way.
    private const int MaxAddresses = 10_000;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Lock _changes = new();
    private readonly Dictionary<string, Address> _addresses = [];

    /// <summary>Null where one more may come.</summary>
    public Refusal? Take(IPAddress? address, string contributor)
    {
        lock (_changes)
        {
            var known = Of(Network(address));
            var now = time.GetTimestamp();
            known.Allowance = Math.Min(
                options.Value.MaxPerMinute, known.Allowance + (time.GetElapsedTime(known.HeardAt, now).TotalMinutes * options.Value.MaxPerMinute));
            known.HeardAt = now;
            if (known.Allowance < 1)
            {
                return Refusals.TooManyCorrections;
            }

            known.Allowance--;
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

    private Address Of(string address)
    {
        if (_addresses.TryGetValue(address, out var known))
        {
            return known;
        }

        if (_addresses.Count >= MaxAddresses)
        {
            _addresses.Remove(_addresses.MinBy(pair => pair.Value.HeardAt).Key);
        }

        var now = time.GetTimestamp();
        return _addresses[address] = new Address { Allowance = options.Value.MaxPerMinute, HeardAt = now, CountedSince = now };
    }

    /// <summary>A household has 2^64 addresses of IPv6, so its first half is what counts.</summary>
    private static string Network(IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } => Convert.ToHexString(address.GetAddressBytes()[..8]),
        _ => address.MapToIPv4().ToString(),
    };

    private sealed class Address
    {
        public double Allowance { get; set; }

        public long HeardAt { get; set; }

        public long CountedSince { get; set; }

        public HashSet<string> Contributors { get; set; } = [];
    }
}
