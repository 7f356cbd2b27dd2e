using EmotionStream.Contracts;

namespace EmotionStream.Rooms;

/// <summary>What was read of somebody last.</summary>
/// <param name="At">This server's monotonic time stamp.</param>
internal sealed record Reading(IReadOnlyList<FaceReading> Faces, long At);
