using EmotionStream.Contracts;

namespace EmotionStream.Api.Pictures;

/// <summary>The answer in the seven labels that FER2013, DeepFace and most others have, in percent.</summary>
/// <remarks>Contempt, our eighth, counts as disgust, of which Ekman's first list held it to be a kind (Ekman and Friesen, 1986, parted them).</remarks>
internal static class SevenEmotions
{
    private const string Contempt = "contempt";
    private const string FoldedInto = "disgust";

    // As DeepFace orders them.
    private static readonly string[] Labels = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"];

    public static Dictionary<string, double> Percent(ReadOnlySpan<float> emotions)
    {
        Dictionary<string, double> percent = [];
        foreach (var label in Labels)
        {
            var share = Share(emotions, label) + (label == FoldedInto ? Share(emotions, Contempt) : 0);
            percent.Add(label, Math.Round(100.0 * share, 4));
        }

        return percent;
    }

    public static string Dominant(Dictionary<string, double> percent) => percent.MaxBy(label => label.Value).Key;

    private static float Share(ReadOnlySpan<float> emotions, string label)
    {
        for (var i = 0; i < emotions.Length; i++)
        {
            if (EmotionLabels.All[i] == label)
            {
                return emotions[i];
            }
        }

        throw new ArgumentOutOfRangeException(nameof(label), label, "There is no such label.");
    }
}
