namespace EmotionStream.Learning;

/// <summary>How far a retraining is, or how the last one ended.</summary>
/// <param name="Progress">0 to 1.</param>
/// <param name="Detail">Why it was refused or failed.</param>
/// <param name="Version">The version it made.</param>
internal sealed record LearningState(LearningStage Stage, double Progress = 0, string? Detail = null, long? Version = null)
{
    public static LearningState Idle { get; } = new(LearningStage.Idle);

    public bool IsRunning => Stage is LearningStage.Training or LearningStage.Judging;
}

/// <summary>The steps of a retraining and its possible ends.</summary>
internal enum LearningStage
{
    Idle,
    Training,
    Judging,
    Promoted,
    Refused,
    Failed,
}
