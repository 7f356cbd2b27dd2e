using EmotionStream.Contracts;
namespace EmotionStream.Tools.Evaluation.Emotions;

/// <summary>Recognises the words that data sets use for our labels.</summary>
internal static class LabelNames
{
    private static readonly Dictionary<string, int> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["neutral"] = 0, ["happy"] = 1, ["happiness"] = 1, ["surprise"] = 2, ["surprised"] = 2, ["sad"] = 3, ["sadness"] = 3,
        ["angry"] = 4, ["anger"] = 4, ["disgust"] = 5, ["disgusted"] = 5, ["fear"] = 6, ["fearful"] = 6, ["contempt"] = 7,
    };

    public static int? Find(string name) => Known.TryGetValue(name, out var label) ? label : null;

    public static int Of(string name, string where) => Find(name) ?? throw new EvaluationException($"{where} has the label '{name}', which is none of {string.Join(", ", EmotionLabels.All)}.");
}
