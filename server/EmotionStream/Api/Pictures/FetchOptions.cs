using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EmotionStream.Api.Pictures;

/// <summary>From where the server itself fetches pictures that a request only names; from nowhere by default.</summary>
internal sealed class FetchOptions
{
    public const string Section = "Fetch";

    /// <summary>The hosts that may be asked, each as it stands in an address, such as pictures.example.org; none switches fetching off.</summary>
    public string[] Hosts { get; set; } = [];

    /// <summary>Whether those hosts may lie in the operator's own network.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long one picture may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>Checks <see cref="FetchOptions"/> when the server starts.</summary>
[OptionsValidator]
internal sealed partial class FetchOptionsValidator : IValidateOptions<FetchOptions>;
