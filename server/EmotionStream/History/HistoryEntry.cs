using EmotionStream.Contracts;

namespace EmotionStream.History;

/// <summary>One face's reading that is to be kept: whose, when (milliseconds since 1970), what.</summary>
internal readonly record struct HistoryEntry(HistorySource Source, long At, FaceReading Face);
