using System.Text.RegularExpressions;
using EmotionStream.Contracts;
using EmotionStream.History;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Contracts;

/// <summary>A label lives in one table: these tests say what else a new one needs.</summary>
public partial class LabelTests
{
    // The seven words of another program's interface, and an example of its answer.
    private static readonly string[] Elsewhere = ["EmotionEndpoints.cs", "SevenEmotions.cs"];

    [Fact]
    public void Table_TellsLabelsAndTheirNamesApart()
    {
        var names = EmotionLabels.Table.SelectMany(label => label.Aliases.Append(label.Name)).ToList();

        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal("neutral", EmotionLabels.All[EmotionLabels.Neutral]);
        Assert.Equal(EmotionLabels.Table.Count, EmotionLabels.Table.Select(label => label.Color).Distinct().Count());
        Assert.All(EmotionLabels.Table, label => Assert.Contains(label.Seven, EmotionLabels.All));
    }

    [Fact]
    public void Colors_AreSeenOnWhiteAndOnBlack() =>
        Assert.All(EmotionLabels.Table, label => Assert.InRange(Luminance(label.Color), 0.15, 0.29));

    [Fact]
    public void EveryLabel_HasAColumnInTheHistory_FromSomeStepOfItsTables()
    {
        var columns = Column().Matches(string.Join('\n', HistoryTables.Schema.Steps)).Select(column => column.Groups["name"].Value);

        Assert.Equal(EmotionLabels.All.Order(), columns.Order());
    }

    [Fact]
    public void NoOtherSource_NamesALabel()
    {
        var literal = new Regex($"\"(?:{string.Join('|', EmotionLabels.All)})\"");
        var naming = Directory.EnumerateFiles(Path.Combine(Repository.Folder, "server"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && Path.GetFileName(file) != "Labels.cs" && literal.IsMatch(Comment().Replace(File.ReadAllText(file), "")))
            .Select(Path.GetFileName)
            .Order();

        Assert.Equal(Elsewhere, naming);
    }

    /// <summary>As WCAG 2.2 has it.</summary>
    private static double Luminance(int color)
    {
        return (0.2126 * Linear(color >> 16)) + (0.7152 * Linear(color >> 8)) + (0.0722 * Linear(color));

        static double Linear(int channel)
        {
            var value = (channel & 0xFF) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
    }

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<name>[a-z]+) REAL NOT NULL")]
    private static partial Regex Column();
}
