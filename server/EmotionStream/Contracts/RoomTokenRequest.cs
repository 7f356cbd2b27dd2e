namespace EmotionStream.Contracts;

/// <summary>What the operator asks for: a token of this role, valid for so many minutes.</summary>
public sealed record RoomTokenRequest(RoomRole? Role = null, int? Minutes = null);
