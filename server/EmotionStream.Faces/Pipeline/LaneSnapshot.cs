using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Tracking;

namespace EmotionStream.Faces.Pipeline;

/// <summary>What another server needs to go on with a session's faces: where they were, their ids, and what the model remembers. No pixels.</summary>
/// <param name="At">The session's own time, in seconds.</param>
/// <param name="ModelSha256">Of the model that the memories are of.</param>
internal sealed record LaneSnapshot(double At, TrackerSnapshot Tracker, IReadOnlyList<FaceMemory> Memories, string ModelSha256);
