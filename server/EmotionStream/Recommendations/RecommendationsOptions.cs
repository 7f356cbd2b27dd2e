using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EmotionStream.Recommendations;

/// <summary>Where the recommended works come from.</summary>
internal sealed class RecommendationsOptions
{
    public const string Section = "Recommendations";

    /// <summary>The catalog's file; catalogue.schema.json says what is in it.</summary>
    [Required]
    public string Catalogue { get; set; } = "recommendations/catalogue.json";

    /// <summary>How often the file is looked at; a change is in use after the second look.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(2);
}

/// <summary>Checks <see cref="RecommendationsOptions"/> when the server starts.</summary>
[OptionsValidator]
internal sealed partial class RecommendationsOptionsValidator : IValidateOptions<RecommendationsOptions>;
