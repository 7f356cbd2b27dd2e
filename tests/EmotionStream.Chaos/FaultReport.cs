namespace EmotionStream.Chaos;

/// <summary>What a fault did to everybody else.</summary>
/// <param name="Did">What the fault itself came to.</param>
/// <param name="Quiet">The others' p99 in milliseconds, before and after.</param>
/// <param name="Disturbed">The same, meanwhile.</param>
internal sealed record FaultReport(string Name, string Did, double Quiet, double Disturbed, int Frames, IReadOnlyList<string> Problems)
{
    private const double MostRatio = 1.3;

    public bool IsTimely => Disturbed <= MostRatio * Quiet;

    public override string ToString() => FormattableString.Invariant(
        $"{Name,-12} {Did}; others' p99 {Quiet:F0} ms before and after, {Disturbed:F0} ms meanwhile: {Disturbed / Quiet:F2} times ({Frames} frames); {(Problems.Count == 0 ? "nothing lost, all released" : "FAILED: " + string.Join("; ", Problems))}");
}
