namespace EmotionStream.History;

/// <summary>Which readings somebody asks for.</summary>
/// <param name="From">Milliseconds since 1970, inclusive; <paramref name="To"/> is exclusive.</param>
/// <param name="StepMs">Means over steps of that many milliseconds, for each person; 0 for every reading by itself.</param>
internal sealed record HistoryQuery(HistoryScope Scope, long From, long To, long StepMs);
