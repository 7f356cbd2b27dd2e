using EmotionStream.Contracts;

namespace EmotionStream.Rooms;

/// <summary>What a token allows: to be this in that room until then.</summary>
internal sealed record RoomPass(string Room, RoomRole Role, DateTimeOffset Until);
