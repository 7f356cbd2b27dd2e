namespace EmotionStream.Contracts;

/// <summary>The kinds of works that are recommended.</summary>
public enum Medium
{
    Movies,
    Songs,
    Books,
}
