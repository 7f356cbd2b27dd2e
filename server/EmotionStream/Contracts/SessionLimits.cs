namespace EmotionStream.Contracts;

/// <summary>What one session may send.</summary>
/// <param name="MaxUnanswered">Frames that may await their answer; more only get superseded.</param>
public sealed record SessionLimits(
    int MaxFrameBytes, int MaxFrameSide, int MaxUnanswered, int MaxFramesPerSecond, double ResumeWithinSeconds);
