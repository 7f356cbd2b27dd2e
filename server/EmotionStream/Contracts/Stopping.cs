namespace EmotionStream.Contracts;

/// <summary>Told to every sender before the server goes away: come back later with the resume token.</summary>
public sealed record Stopping(string Detail);
