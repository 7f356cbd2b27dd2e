using EmotionStream.Faces.Emotion;

namespace EmotionStream.Models;

/// <summary>A state of the emotion model that was learned or uploaded, with what was measured of it.</summary>
/// <param name="At">Milliseconds since 1970.</param>
/// <param name="Kind">learned or uploaded.</param>
/// <param name="ModelSha256">Of the model file it is, or whose head it replaces.</param>
/// <param name="File">That file's name, for display.</param>
/// <param name="Head">What was learned; null where the file's own head is used.</param>
/// <param name="Refusal">Why it was not promoted; null when it passed.</param>
internal sealed record ModelVersion(
    long Id, long At, string Kind, string ModelSha256, string File, EmotionHead? Head, string? Refusal, VersionFigures Figures)
{
    public const string Learned = "learned";
    public const string Uploaded = "uploaded";
}

/// <summary>What was measured of a version, always on faces that it did not learn from.</summary>
/// <param name="LearnedFrom">Corrections.</param>
/// <param name="People">Who gave them.</param>
/// <param name="Replay">On the replay set's held-out faces; null where there is none for this model.</param>
/// <param name="Corrections">On the held-out corrections.</param>
/// <param name="Before">The share of the held-out corrections that the version active at that time got right, each person weighted alike.</param>
/// <param name="After">The same of this one.</param>
internal sealed record VersionFigures(
    int LearnedFrom = 0, int People = 0, HeadFigures? Replay = null, HeadFigures? Corrections = null, double? Before = null, double? After = null);
