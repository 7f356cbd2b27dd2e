namespace EmotionStream.Contracts;

/// <summary>What was picked for a mood. The same seed picks the same again, as long as mood and catalogue are the same.</summary>
/// <param name="Emotions">The mood that was asked for, as shares that add up to 1.</param>
/// <param name="Left">How many more there are for this mood; `skip` leads to them.</param>
public sealed record RecommendationList(
    RecommendationMode Mode, IReadOnlyDictionary<string, double> Emotions, int Seed, IReadOnlyList<Recommendation> Items, int Left);
