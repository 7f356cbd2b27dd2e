namespace EmotionStream.Contracts;

/// <summary>The answer to one frame: every face in it, possibly none.</summary>
/// <param name="CapturedAt">The sender's own time stamp, handed back: milliseconds since 1970.</param>
/// <param name="Width">Of the frame as it was sent, in pixels.</param>
public sealed record Measured(
    long Sequence, double CapturedAt, int Width, int Height, IReadOnlyList<FaceReading> Faces, StageTimings Timings);
