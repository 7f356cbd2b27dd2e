namespace EmotionStream.Contracts;

/// <summary>Somebody in a room's call.</summary>
/// <param name="Id">Signals are addressed to it; it ends with the stay and is never used again.</param>
public sealed record Participant(string Id, string? Name);
