namespace EmotionStream.Recommendations;

/// <summary>A mistake in a catalog file, and the line it is on.</summary>
internal sealed record CatalogProblem(int Line, string Text)
{
    public override string ToString() => $"line {Line}: {Text}";
}
