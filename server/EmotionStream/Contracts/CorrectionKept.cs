namespace EmotionStream.Contracts;

/// <summary>The server's answer to <see cref="CorrectionRequest"/>.</summary>
/// <param name="Answer">What the server had said of that face.</param>
/// <param name="Archived">The face's crop was kept, too, in the face archive, to which the contributor has opted in.</param>
public sealed record CorrectionKept(string Id, string Label, string Answer, bool Archived = false);
