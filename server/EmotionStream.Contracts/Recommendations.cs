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

/// <summary>What a recommendation shall do to the mood: keep company with it, or lead out of it.</summary>
public enum RecommendationMode
{
    Match,
    Change,
}

/// <summary>The kinds of works that are recommended.</summary>
public enum Medium
{
    Movies,
    Songs,
    Books,
}

/// <summary>What was picked for a mood. The same seed picks the same again, as long as mood and catalog are the same.</summary>
/// <param name="Emotions">The mood that was asked for, as shares that add up to 1.</param>
/// <param name="Left">How many more there are for this mood; `skip` leads to them.</param>
public sealed record RecommendationList(
    RecommendationMode Mode, IReadOnlyDictionary<string, double> Emotions, int Seed, IReadOnlyList<Recommendation> Items, int Left);

/// <summary>A work that suits a mood.</summary>
/// <param name="Year">When it first came out, a book as a book.</param>
/// <param name="Maker">The director, the artist or the author.</param>
/// <param name="Link">A public page about it.</param>
/// <param name="For">The label that spoke for it most.</param>
public sealed record Recommendation(Medium Media, string Title, int Year, string Maker, string Link, string For);
