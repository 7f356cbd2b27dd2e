using EmotionStream.Contracts;

namespace EmotionStream.Api.Pictures;

/// <summary>The answer in the seven labels that FER2013, DeepFace and most others have, in percent.</summary>
internal static class SevenEmotions
{
    // As DeepFace orders them.
    private static readonly string[] Labels = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"];

    public static Dictionary<string, double> Percent(ReadOnlySpan<float> emotions)
    {
        var shares = Labels.ToDictionary(label => label, _ => 0f);
        for (var i = 0; i < emotions.Length; i++)
        {
            shares[EmotionLabels.Table[i].Seven] += emotions[i];
        }

        return shares.ToDictionary(pair => pair.Key, pair => Math.Round(100.0 * pair.Value, 4));
    }

    public static string Dominant(Dictionary<string, double> percent) => percent.MaxBy(label => label.Value).Key;
}
