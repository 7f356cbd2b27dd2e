namespace EmotionStream.Contracts;

/// <summary>The labels, in the one order used by the models, the wire and the pages.</summary>
public static class EmotionLabels
{
    public static IReadOnlyList<string> All { get; } = ["neutral", "happy", "surprise", "sad", "angry", "disgust", "fear", "contempt"];

    /// <summary>Below this certainty a reading is unclear, and pages show no word for it: about half of such readings are right on uncovered faces, and fewer than two in five behind masks, hands, dark glasses or blur (models/emotion.md).</summary>
    public const float LeastCertain = 0.45f;

    /// <summary>What a reading of a certainty says of itself: true, or nothing.</summary>
    public static bool? Unclear(float certainty) => certainty < LeastCertain ? true : null;
}
