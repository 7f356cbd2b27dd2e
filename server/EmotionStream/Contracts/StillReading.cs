using System.Text.Json.Serialization;

namespace EmotionStream.Contracts;

/// <summary>One uploaded picture's answer: its faces, or why it has none.</summary>
/// <param name="Index">The picture's place in the request, from 0.</param>
/// <param name="Width">The upright picture's own width in pixels; 0 when it was refused.</param>
/// <param name="Faces">Nobody in the picture is an empty list.</param>
/// <param name="Timings">Where the time went, in milliseconds.</param>
/// <param name="Problem">Why this picture of several was refused; absent when it was measured.</param>
public sealed record StillReading(
    int Index,
    int Width,
    int Height,
    IReadOnlyList<StillFace> Faces,
    StageTimings Timings,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] StillProblem? Problem = null);

/// <summary>Why a picture was refused.</summary>
/// <param name="Code">A word that stays the same, to be acted upon.</param>
/// <param name="Detail">A sentence for people.</param>
public sealed record StillProblem(string Code, string Detail);

/// <summary>The answer to uploaded pictures.</summary>
/// <param name="Labels">What the numbers of each face's emotions stand for.</param>
/// <param name="Images">One entry a picture, in their order.</param>
/// <param name="Correctable">Whether the server takes corrections, so that `correct=true` gives each face a token.</param>
public sealed record StillReadingList(IReadOnlyList<string> Labels, IReadOnlyList<StillReading> Images, bool Correctable);
