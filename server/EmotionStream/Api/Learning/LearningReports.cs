using EmotionStream.Learning;
using EmotionStream.Models;

namespace EmotionStream.Api.Learning;

/// <summary>The state of learning: what runs, what was tried, and how it did.</summary>
/// <param name="Unavailable">Why nothing can be learned; null when it can.</param>
/// <param name="Corrections">All that are kept.</param>
/// <param name="Active">The version that runs; 0 is the configured model.</param>
/// <param name="Configured">That model, with what its own head does on the replay set.</param>
internal sealed record LearningReport(
    string? Unavailable, LearningState State, IReadOnlyList<string> Labels, long Corrections, long Active, ConfiguredModel Configured,
    IReadOnlyList<VersionReport> Versions);

/// <summary>The model file that the server was started with.</summary>
internal sealed record ConfiguredModel(string File, string Sha256, HeadFigures? Replay);

/// <summary>One version and what was measured of it.</summary>
internal sealed record VersionReport(
    long Id, long At, string Kind, string File, string ModelSha256, string? Refusal, bool Active, VersionFigures Figures);
