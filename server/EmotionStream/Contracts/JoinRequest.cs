namespace EmotionStream.Contracts;

/// <summary>What somebody says who joins a room's call.</summary>
/// <param name="Token">A source's token for this room, where the operator has set a key.</param>
/// <param name="ResumeToken">From an earlier <see cref="JoinedRoom"/>: takes that place in the call up again.</param>
public sealed record JoinRequest(string? Room = null, string? Name = null, string? Token = null, string? ResumeToken = null);
