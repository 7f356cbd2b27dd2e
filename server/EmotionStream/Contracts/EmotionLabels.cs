namespace EmotionStream.Contracts;

/// <summary>The labels, in the one order used by the models, the wire and the pages.</summary>
public static class EmotionLabels
{
    public static IReadOnlyList<string> All { get; } = ["neutral", "happy", "surprise", "sad", "angry", "disgust", "fear", "contempt"];
}
