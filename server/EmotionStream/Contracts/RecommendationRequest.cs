namespace EmotionStream.Contracts;

/// <summary>Asks for works that suit a mood.</summary>
/// <param name="Emotions">How strongly each label counts; they need not add up to anything.</param>
/// <param name="Media">One kind of works; every kind if left out.</param>
/// <param name="Count">Works of each kind.</param>
/// <param name="Skip">Works of each kind to leave out, since the asker has them already.</param>
/// <param name="Seed">Makes the pick repeatable; without it each is another.</param>
public sealed record RecommendationRequest(
    IReadOnlyDictionary<string, double>? Emotions,
    Medium? Media = null,
    RecommendationMode Mode = RecommendationMode.Match,
    int Count = RecommendationRequest.DefaultCount,
    int Skip = 0,
    int? Seed = null)
{
    public const int DefaultCount = 5;
}
