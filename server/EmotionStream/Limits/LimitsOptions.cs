using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EmotionStream.Limits;

/// <summary>How much of the server one caller gets: an address, and a key of <c>Access:Keys</c>.</summary>
internal sealed class LimitsOptions
{
    public const string Section = "Limits";

    /// <summary>
    /// For one address; of IPv6, for one network of 64 bits, as a household has. The server's own machine has no such limit, and behind a proxy that
    /// <c>Edge:Proxies</c> names the address that it forwards counts.
    /// </summary>
    [ValidateObjectMembers]
    public Allowance PerAddress { get; set; } = new();

    /// <summary>For one key, wherever it is used. By default ten times as much, as a key may be a group's.</summary>
    [ValidateObjectMembers]
    public Allowance PerKey { get; set; } = new(tenfold: true);
}

/// <summary>What one caller may have at once, and send a second; of the latter a minute's worth may come in one burst.</summary>
internal sealed class Allowance
{
    /// <summary>The configuration makes one and overwrites what it has.</summary>
    public Allowance()
        : this(tenfold: false)
    {
    }

    public Allowance(bool tenfold)
    {
        var factor = tenfold ? 10 : 1;
        (Connections, Sessions) = (200 * factor, 100 * factor);
        (RequestsPerSecond, FramesPerSecond) = (50 * factor, 1000 * factor);
        (PixelsPerSecond, BytesPerSecond) = (100_000_000L * factor, 50_000_000L * factor);
    }

    /// <summary>Hub connections at once.</summary>
    [Range(1, 1_000_000)]
    public int Connections { get; set; }

    /// <summary>Cameras at once.</summary>
    [Range(1, 1_000_000)]
    public int Sessions { get; set; }

    /// <summary>HTTP requests and new connections.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerSecond { get; set; }

    /// <summary>Frames of all cameras together.</summary>
    [Range(1, 1_000_000)]
    public int FramesPerSecond { get; set; }

    /// <summary>Pixels of uploaded pictures. 640x480 has 307,200.</summary>
    [Range(1000, 1_000_000_000_000)]
    public long PixelsPerSecond { get; set; }

    /// <summary>Bytes of frames and request bodies.</summary>
    [Range(1000, 1_000_000_000_000)]
    public long BytesPerSecond { get; set; }
}

/// <summary>Checks <see cref="LimitsOptions"/> when the server starts.</summary>
[OptionsValidator]
internal sealed partial class LimitsOptionsValidator : IValidateOptions<LimitsOptions>;
