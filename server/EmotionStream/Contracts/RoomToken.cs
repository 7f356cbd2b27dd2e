namespace EmotionStream.Contracts;

/// <summary>What the operator asks for: a token of this role, valid for so many minutes.</summary>
public sealed record RoomTokenRequest(RoomRole? Role = null, int? Minutes = null);

/// <summary>A signed token, to be handed to those who may come.</summary>
/// <param name="ExpiresAt">Milliseconds since 1970.</param>
public sealed record RoomToken(string Token, string Room, RoomRole Role, double ExpiresAt);
