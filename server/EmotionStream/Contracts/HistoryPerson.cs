namespace EmotionStream.Contracts;

/// <summary>Somebody of whom the history keeps readings in a room.</summary>
/// <param name="FirstAt">Milliseconds since 1970, as <paramref name="LastAt"/>.</param>
public sealed record HistoryPerson(string Room, string Person, string? Name, long FirstAt, long LastAt);
