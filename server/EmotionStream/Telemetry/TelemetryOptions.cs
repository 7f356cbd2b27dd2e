using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EmotionStream.Telemetry;

/// <summary>How much is traced, where the operator has named somewhere to send traces to.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>The share of frames whose way is traced, 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double TracedFrames { get; set; } = 0.01;
}

/// <summary>Checks <see cref="TelemetryOptions"/> when the server starts.</summary>
[OptionsValidator]
internal sealed partial class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>;
