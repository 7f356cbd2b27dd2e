using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace EmotionStream.Cluster;

/// <summary>How this server finds the others of its cluster. Without <see cref="Redis"/> it is a single machine, and nothing of a cluster starts.</summary>
internal sealed class ClusterOptions : IValidatableObject
{
    public const string Section = "Cluster";

    /// <summary>Where the cluster's Redis is, as StackExchange.Redis writes it: `host:6379,password=...`. Not set by default.</summary>
    public string? Redis { get; set; }

    /// <summary>A secret of at least 32 characters that all servers of the cluster have; what they leave for each other in Redis is encrypted with it.</summary>
    [MinLength(32)]
    public string? Key { get; set; }

    /// <summary>Separates clusters that share a Redis.</summary>
    [RegularExpression("[A-Za-z0-9_-]{1,64}")]
    public string Name { get; set; } = "emotionstream";

    /// <summary>The IP address at which the other servers reach this one. This machine's own by default.</summary>
    public string? Advertise { get; set; }

    /// <summary>The port on which servers talk to each other. It must not be reachable from anywhere else.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 11111;

    /// <summary>
    /// How long a server may be silent before the others go on without it; it then ends, and its supervisor starts it again. Longer where servers
    /// share a busy machine.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:05:00")]
    public TimeSpan DeadAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The address at which browsers reach this very server, such as `https://node-2.example.org`; full servers send new senders to the emptiest one. Not
    /// set by default: then the balancer alone chooses.
    /// </summary>
    public string? PublicAddress { get; set; }

    /// <summary>From which share of its processors, 0 to 1, a server with sessions that stand in line is full; 1 never.</summary>
    [Range(0.1, 1)]
    public double FullProcessor { get; set; } = 0.9;

    /// <summary>From which mean time to a frame's answer a server is full.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan FullAnswer { get; set; } = TimeSpan.FromSeconds(0.25);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Redis is null)
        {
            yield break;
        }

        if (Key is null)
        {
            yield return new ValidationResult($"{Section}:Key is needed with {Section}:Redis.", [nameof(Key)]);
        }

        if (Advertise is not null && !IPAddress.TryParse(Advertise, out _))
        {
            yield return new ValidationResult($"{Section}:Advertise is no IP address.", [nameof(Advertise)]);
        }

        if (PublicAddress is not null && !(Uri.TryCreate(PublicAddress, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return new ValidationResult($"{Section}:PublicAddress is no address such as https://node-2.example.org.", [nameof(PublicAddress)]);
        }

        if (Problem(Redis) is { } problem)
        {
            yield return new ValidationResult($"{Section}:Redis is not understood: {problem}", [nameof(Redis)]);
        }
    }

    private static string? Problem(string redis)
    {
        try
        {
            return ConfigurationOptions.Parse(redis).EndPoints.Count > 0 ? null : "it names no server.";
        }
        catch (ArgumentException problem)
        {
            return problem.Message;
        }
    }
}

/// <summary>Checks <see cref="ClusterOptions"/> when the server starts.</summary>
[OptionsValidator]
internal sealed partial class ClusterOptionsValidator : IValidateOptions<ClusterOptions>;
