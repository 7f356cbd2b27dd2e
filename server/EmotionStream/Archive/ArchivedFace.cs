namespace EmotionStream.Archive;

/// <summary>A kept face with the correction that it belongs to; its picture can't be read without the key.</summary>
/// <param name="Correction">The correction's id, and so the face's.</param>
/// <param name="At">Milliseconds since 1970.</param>
/// <param name="Label">What the person said, by number; the archive is ordered by it.</param>
/// <param name="Answer">What the server had said.</param>
internal sealed record ArchivedFace(string Correction, long At, string Contributor, string Source, int Label, int Answer, EncryptedFace Encrypted);
