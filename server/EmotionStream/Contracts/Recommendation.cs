namespace EmotionStream.Contracts;

/// <summary>A work that suits a mood.</summary>
/// <param name="Year">When it first came out, a book as a book.</param>
/// <param name="Maker">The director, the artist or the author.</param>
/// <param name="Link">A public page about it.</param>
/// <param name="For">The label that spoke for it most.</param>
public sealed record Recommendation(Medium Media, string Title, int Year, string Maker, string Link, string For);
