namespace EmotionStream.Api.Corrections;

/// <summary>A page of corrections, the newest first.</summary>
/// <param name="Total">As many as the filters let through.</param>
internal sealed record CorrectionPage(long Total, IReadOnlyList<CorrectionReport> Corrections);

/// <summary>One correction as the operator, or its contributor, sees it.</summary>
/// <param name="HeldOut">It judges new versions and is never learned from.</param>
/// <param name="Counts">It is of the model that runs; of another its embedding means nothing.</param>
internal sealed record CorrectionReport(
    string Id, long At, string Contributor, string Source, string Label, string Answer, bool HeldOut, bool Counts);

/// <summary>How many corrections were erased.</summary>
internal sealed record CorrectionsErased(int Erased);
