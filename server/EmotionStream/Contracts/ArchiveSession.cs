namespace EmotionStream.Contracts;

/// <summary>Which session's faces a contributor, who has opted in to the face archive, is about to correct.</summary>
/// <param name="ResumeToken">The session's, from <see cref="Started"/>, which proves that it is the caller's.</param>
public sealed record ArchiveSession(string? ResumeToken = null);
