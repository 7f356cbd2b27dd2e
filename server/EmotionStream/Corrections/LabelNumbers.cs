using EmotionStream.Contracts;

namespace EmotionStream.Corrections;

/// <summary>Finds labels by name.</summary>
internal static class LabelNumbers
{
    private static readonly Dictionary<string, int> Numbers = EmotionLabels.All.Index().ToDictionary(label => label.Item, label => label.Index);

    /// <summary>The label's place in their one order; -1 where there is no such label.</summary>
    public static int Of(string? label) => label is not null && Numbers.TryGetValue(label, out var number) ? number : -1;

    /// <summary>The same for a filter; null where it asks for none.</summary>
    public static int? Wanted(string? label) => string.IsNullOrEmpty(label) ? null : Of(label);
}
