namespace EmotionStream.Contracts;

/// <summary>One source of a room: a camera session and what it shares of its newest reading.</summary>
/// <param name="Id">The session's id, as its sender knows it from <see cref="Started"/>.</param>
/// <param name="Share">What the person lets others see: full or badge.</param>
/// <param name="Dominant">What the main face (confidence times area) appears to express; null when nobody was seen, or before the first reading.</param>
/// <param name="Faces">Every face of the newest frame, without heat maps; empty when nobody was seen, before the first reading, and with a badge.</param>
/// <param name="At">When the newest reading was made, milliseconds since 1970 by the server's clock; null before the first.</param>
/// <param name="AgeMs">How old the newest reading was when the update was made; null before the first.</param>
public sealed record RoomPerson(
    string Id, string? Name, Share Share, string? Dominant, IReadOnlyList<FaceReading> Faces, double? At, double? AgeMs);
