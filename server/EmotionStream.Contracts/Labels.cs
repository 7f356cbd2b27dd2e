namespace EmotionStream.Contracts;

/// <summary>One expression that a face may appear to show, with all that is said of it anywhere.</summary>
/// <param name="Name">On the wire and in files.</param>
/// <param name="Valence">Where the circumplex of affect has it (Russell, 1980), from unpleasant, -1, to pleasant, 1; rounded to a tenth.</param>
/// <param name="Arousal">From calm, -1, to excited, 1.</param>
/// <param name="Color">
/// The same in every chart and overlay: red, green and blue. Its relative luminance is between 0.15 and 0.29, a contrast of at least 3:1 against both
/// a white and a near-black page (WCAG 2.2, 1.4.11).
/// </param>
/// <param name="Seven">Which of the seven labels of FER2013 and DeepFace it counts as.</param>
/// <param name="Aliases">Other words that data sets have for it.</param>
public sealed record EmotionLabel(string Name, float Valence, float Arousal, int Color, string Seven, params string[] Aliases);

/// <summary>The labels, in the one order used by the models, the wire and the pages.</summary>
public static class EmotionLabels
{
    public static IReadOnlyList<EmotionLabel> Table { get; } =
    [
        new("neutral", 0, 0, 0x7D8A9A, "neutral"),
        new("happy", 0.8f, 0.4f, 0xC08400, "happy", "happiness"),
        new("surprise", 0.2f, 0.8f, 0xA35CF0, "surprise", "surprised"),
        new("sad", -0.7f, -0.4f, 0x3B82F6, "sad", "sadness"),
        new("angry", -0.6f, 0.7f, 0xE5484D, "angry", "anger"),
        new("disgust", -0.7f, 0.3f, 0x4B9632, "disgust", "disgusted"),
        new("fear", -0.5f, 0.8f, 0x0C94A3, "fear", "fearful"),
        // Ekman's first list held it to be a kind of disgust (Ekman and Friesen, 1986, parted them).
        new("contempt", -0.5f, 0.1f, 0xD6409F, "disgust"),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Table.Select(label => label.Name)];

    /// <summary>The label of a face at rest.</summary>
    public static int Neutral => 0;

    /// <summary>Below this certainty a reading is unclear, and pages show no word for it: about half of such readings are right on uncovered faces, and fewer than two in five behind masks, hands, dark glasses or blur (models/emotion.md).</summary>
    public const float LeastCertain = 0.45f;

    /// <summary>What a reading of a certainty says of itself: true, or nothing.</summary>
    public static bool? Unclear(float certainty) => certainty < LeastCertain ? true : null;
}
