using System.Globalization;
using EmotionStream.Contracts;
using Spectre.Console;

namespace EmotionStream.Tools.Analysis;

/// <summary>Writes measured files as a table for people, every face's shares as bars below it, and what could not be read elsewhere.</summary>
internal static class AnalysisTable
{
    private static readonly Color[] Colors = [.. EmotionLabels.Table.Select(label => new Color((byte)(label.Color >> 16), (byte)(label.Color >> 8), (byte)label.Color))];

    public static void Write(IReadOnlyList<MeasuredFile> pictures, bool withChart, TextWriter output, TextWriter errors)
    {
        var measured = pictures.Where(picture => picture.Problem is null).ToList();
        var console = Create(output);
        if (measured.Count > 0)
        {
            console.Write(Table(measured));
        }

        foreach (var picture in withChart ? measured : [])
        {
            foreach (var face in picture.Faces)
            {
                console.WriteLine();
                console.Write(Chart(picture, face));
            }
        }

        foreach (var picture in pictures.Where(picture => picture.Problem is not null))
        {
            errors.WriteLine($"{Plain(picture.File)}: {picture.Problem}");
        }
    }

    private static IAnsiConsole Create(TextWriter output)
    {
        var isTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
    }

    private static Table Table(IReadOnlyList<MeasuredFile> pictures)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("File");
        foreach (var title in (string[])["Face", "Place", "Appears", "Certainty", "Valence", "Arousal"])
        {
            table.AddColumn(title, column => column.NoWrap());
        }

        foreach (var picture in pictures)
        {
            var name = Markup.Escape(Plain(picture.File));
            if (picture.Faces.Count == 0)
            {
                table.AddRow(name, "-", "nobody", "", "", "", "");
            }

            foreach (var face in picture.Faces)
            {
                table.AddRow(name, face.Id, Place(picture, face), face.Dominant, Percent(face.Certainty), Signed(face.Valence), Signed(face.Arousal));
            }
        }

        return table;
    }

    /// <summary>The largest share first.</summary>
    private static BarChart Chart(MeasuredFile picture, StillFace face)
    {
        var chart = new BarChart().Label($"{Markup.Escape(Plain(picture.File))}, face {face.Id}").LeftAlignLabel().WithMaxValue(100);
        chart.Width = 72;
        chart.UseValueFormatter(value => value.ToString("0.0", CultureInfo.InvariantCulture) + " %");
        foreach (var label in Enumerable.Range(0, face.Emotions.Length).OrderByDescending(label => face.Emotions[label]))
        {
            chart.AddItem(EmotionLabels.All[label], Math.Round(100.0 * face.Emotions[label], 1), Colors[label]);
        }

        return chart;
    }

    private static string Place(MeasuredFile picture, StillFace face) => string.Create(
        CultureInfo.InvariantCulture,
        $"{face.Box[2] * picture.Width:0}x{face.Box[3] * picture.Height:0} at {face.Box[0] * picture.Width:0}, {face.Box[1] * picture.Height:0}");

    private static string Percent(float share) => (100 * share).ToString("0", CultureInfo.InvariantCulture) + " %";

    private static string Signed(float value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>A file's name may hold what a terminal would obey.</summary>
    private static string Plain(string text) => string.Concat(text.Select(sign => char.IsControl(sign) ? '?' : sign));
}
