namespace EmotionStream.Contracts;

/// <summary>How far the work on a clip has come.</summary>
public enum VideoState
{
    Queued,
    Working,
    Done,
    Failed,
}
