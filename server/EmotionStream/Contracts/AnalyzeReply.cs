namespace EmotionStream.Contracts;

/// <summary>DeepFace's reply.</summary>
/// <param name="Results">The faces of one picture; of several pictures a list of faces each.</param>
public sealed record AnalyzeReply(object Results);
