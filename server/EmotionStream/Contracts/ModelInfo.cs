namespace EmotionStream.Contracts;

/// <summary>Which model files the server runs, by file name.</summary>
public sealed record ModelInfo(string Emotion, string Face);
