namespace EmotionStream.Learning;

/// <summary>How far a retraining is, or how the last one ended.</summary>
/// <param name="Stage">idle, training, judging, promoted, refused or failed.</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="Detail">Why it was refused or failed.</param>
/// <param name="Version">What came of it.</param>
internal sealed record LearningState(string Stage, double Progress = 0, string? Detail = null, long? Version = null)
{
    public static LearningState Idle { get; } = new("idle");

    public bool IsRunning => Stage is "training" or "judging";
}
