using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EmotionStream.Api;

/// <summary>What the operator wants people to read before they agree to be analyzed.</summary>
internal sealed class ConsentOptions
{
    public const string Section = "Consent";

    /// <summary>Plain text that the pages show with their own notice; none by default.</summary>
    [MaxLength(4000)]
    public string? Notice { get; set; }
}

/// <summary>Checks <see cref="ConsentOptions"/> when the server starts.</summary>
[OptionsValidator]
internal sealed partial class ConsentOptionsValidator : IValidateOptions<ConsentOptions>;
