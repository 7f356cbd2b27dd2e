using EmotionStream.Contracts;

namespace EmotionStream.Tools.Evaluation.Emotions;

/// <summary>Recognizes the words that data sets use for our labels.</summary>
internal static class LabelNames
{
    private static readonly Dictionary<string, int> Known = EmotionLabels.Table
        .SelectMany((label, index) => label.Aliases.Append(label.Name).Select(name => (name, index)))
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    public static int? Find(string name) => Known.TryGetValue(name, out var label) ? label : null;

    public static int Of(string name, string where) => Find(name) ?? throw new EvaluationException($"{where} has the label '{name}', which is none of {string.Join(", ", EmotionLabels.All)}.");
}
