namespace EmotionStream.Recommendations;

/// <summary>A mistake in a catalogue file, and the line it is on.</summary>
internal sealed record CatalogueProblem(int Line, string Text)
{
    public override string ToString() => $"line {Line}: {Text}";
}
