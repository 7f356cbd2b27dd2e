namespace EmotionStream.Recommendations;

/// <summary>All works that can be recommended.</summary>
internal sealed record Catalog(IReadOnlyList<Work> Works);
