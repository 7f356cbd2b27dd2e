namespace EmotionStream.Contracts;

/// <summary>What a recommendation shall do to the mood: keep company with it, or lead out of it.</summary>
public enum RecommendationMode
{
    Match,
    Change,
}
