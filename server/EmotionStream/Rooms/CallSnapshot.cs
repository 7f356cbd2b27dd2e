using EmotionStream.Contracts;

namespace EmotionStream.Rooms;

/// <summary>What another server needs to give a participant its place in a call back.</summary>
internal sealed record CallSnapshot(string Room, Participant Participant);
