namespace EmotionStream.Contracts;

/// <summary>A signed token, to be handed to those who may come.</summary>
/// <param name="ExpiresAt">Milliseconds since 1970.</param>
public sealed record RoomToken(string Token, string Room, RoomRole Role, double ExpiresAt);
