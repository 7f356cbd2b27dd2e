using EmotionStream.Sessions;

namespace EmotionStream.Corrections;

/// <summary>Stores a correction together with its face, for those who have opted in.</summary>
internal interface IFaceArchive
{
    /// <summary>Stores both in one transaction; null, and nothing stored, where this face may not be kept.</summary>
    /// <param name="crop">The face; null where none was held.</param>
    /// <param name="most">Corrections that may be kept in all.</param>
    Task<(bool Kept, bool Archived)?> TryAddAsync(Correction correction, FaceCrop? crop, int most, CancellationToken cancellation);
}
