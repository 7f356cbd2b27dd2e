namespace EmotionStream.Contracts;

/// <summary>The server's answer to <see cref="CorrectionRequest"/>.</summary>
/// <param name="Answer">What the server had said of that face.</param>
public sealed record CorrectionKept(string Id, string Label, string Answer);
