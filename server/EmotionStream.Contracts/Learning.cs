namespace EmotionStream.Contracts;

/// <summary>A person says what a face of theirs showed where the server's answer was another.</summary>
/// <param name="Face">The face's id in its session or, of an uploaded picture, its `correctionToken`.</param>
/// <param name="Label">What it was, one of the labels.</param>
/// <param name="Contributor">A secret of the person's own making, 16 to 128 characters: with it they can see and erase what they gave.</param>
/// <param name="ResumeToken">The session's, from <see cref="Started"/>, which proves that the face is the caller's; none for an uploaded picture.</param>
/// <param name="CapturedAt">The time stamp of the frame that was misread; without it the newest counts.</param>
public sealed record CorrectionRequest(
    string? Face = null, string? Label = null, string? Contributor = null, string? ResumeToken = null, double? CapturedAt = null);

/// <summary>The server's answer to <see cref="CorrectionRequest"/>.</summary>
/// <param name="Answer">What the server had said of that face.</param>
/// <param name="Archived">The face's crop was kept, too, in the face archive, to which the contributor has opted in.</param>
public sealed record CorrectionKept(string Id, string Label, string Answer, bool Archived = false);

/// <summary>Which session's faces a contributor, who has opted in to the face archive, is about to correct.</summary>
/// <param name="ResumeToken">The session's, from <see cref="Started"/>, which proves that it is the caller's.</param>
public sealed record ArchiveSession(string? ResumeToken = null);
