namespace EmotionStream.Contracts;

/// <summary>What the server keeps of those who are in rooms, for the consent notice.</summary>
/// <param name="Enabled">False: nothing is kept.</param>
/// <param name="RateHz">Readings of one person that are kept a second, at most.</param>
/// <param name="RetentionHours">How long each is kept.</param>
public sealed record HistoryTerms(bool Enabled, double RateHz, double RetentionHours);
