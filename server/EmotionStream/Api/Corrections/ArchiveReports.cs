using EmotionStream.Archive;

namespace EmotionStream.Api.Corrections;

/// <summary>Whether this server keeps faces of those who opt in.</summary>
internal sealed record ArchiveTerms(bool Enabled);

/// <summary>A contributor's own part of the face archive, the newest first.</summary>
/// <param name="Enabled">Further faces can be kept; those that are kept can be seen and deleted regardless.</param>
/// <param name="OptedIn">They agree to it.</param>
/// <param name="Total">As many as are kept of them.</param>
internal sealed record MyArchive(bool Enabled, bool OptedIn, long Total, IReadOnlyList<ArchivedFaceReport> Faces);

/// <summary>A page of the face archive, the newest first.</summary>
/// <param name="Total">As many as the filters let through.</param>
internal sealed record ArchivePage(bool Enabled, long Total, IReadOnlyList<ArchivedFaceReport> Faces);

/// <summary>One kept face.</summary>
/// <param name="Id">Its correction's.</param>
/// <param name="Label">What the person said.</param>
/// <param name="Answer">What the server had said.</param>
/// <param name="Pixels">48x48 gray pixels, row by row; null where they can't be read.</param>
/// <param name="Problem">Why not: no_key, other_key or damaged.</param>
internal sealed record ArchivedFaceReport(
    string Id, long At, string Contributor, string Source, string Label, string Answer, byte[]? Pixels, DecryptionProblem? Problem);

/// <summary>How many faces were deleted.</summary>
internal sealed record FacesDeleted(int Deleted);
