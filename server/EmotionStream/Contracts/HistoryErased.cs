namespace EmotionStream.Contracts;

/// <summary>How much of the history was erased.</summary>
public sealed record HistoryErased(long Readings);
