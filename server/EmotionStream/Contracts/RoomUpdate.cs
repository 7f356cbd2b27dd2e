namespace EmotionStream.Contracts;

/// <summary>A room at one moment, as its viewers see it.</summary>
/// <param name="At">Milliseconds since 1970 by the server's clock.</param>
/// <param name="People">Everybody whose camera is in the room, in the order in which they came.</param>
public sealed record RoomUpdate(string Room, double At, IReadOnlyList<RoomPerson> People, RoomMood Mood);
