using EmotionStream.Faces.Pipeline;

namespace EmotionStream.Sessions;

/// <summary>What another server needs to go on with a session; its sender says the rest again when it comes back.</summary>
internal sealed record SessionSnapshot(string Id, DateTimeOffset StartedAt, LaneSnapshot Faces);
