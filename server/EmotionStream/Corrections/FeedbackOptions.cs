using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EmotionStream.Corrections;

/// <summary>Whether and how people's corrections are accepted and learned from.</summary>
internal sealed class FeedbackOptions
{
    public const string Section = "Feedback";

    /// <summary>Off, corrections are refused and nothing is learned; versions promoted earlier still run.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Faces that learning must not unlearn, made for the emotion model by the 'replay' command.</summary>
    [Required]
    public string ReplaySet { get; set; } = "models/emotion-replay.bin";

    /// <summary>People whose held-out corrections a new version must be judged on before it is promoted.</summary>
    [Range(1, 1000)]
    public int MinPeople { get; set; } = 3;

    /// <summary>Corrections that are kept, each 500 bytes and with a face 2.4 KB more; further ones are refused.</summary>
    [Range(1, 1_000_000)]
    public int MaxCorrections { get; set; } = 20_000;

    /// <summary>Corrections that one address may send a minute; the same number is the largest burst.</summary>
    [Range(1, 10_000)]
    public int MaxPerMinute { get; set; } = 20;

    /// <summary>Contributors that one address may act as within a day, so that nobody poses as many people by taking new names.</summary>
    [Range(1, 10_000)]
    public int MaxContributorsPerAddress { get; set; } = 8;

    /// <summary>Bytes of a model that may be uploaded.</summary>
    [Range(1024, 512 * 1024 * 1024)]
    public int MaxModelBytes { get; set; } = 64 * 1024 * 1024;
}

/// <summary>Checks <see cref="FeedbackOptions"/> when the server starts.</summary>
[OptionsValidator]
internal sealed partial class FeedbackOptionsValidator : IValidateOptions<FeedbackOptions>;
