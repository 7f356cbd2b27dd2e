namespace EmotionStream.Tools.Evaluation;

/// <summary>A table that reads well in a terminal and is Markdown: names to the left, figures to the right.</summary>
internal sealed class TextTable(params string[] header)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] row) => _rows.Add(row);

    public void Write(TextWriter writer)
    {
        var widths = header.Select((name, column) => _rows.Select(row => row[column].Length).Append(name.Length).Append(3).Max()).ToArray();
        WriteRow(writer, header, widths);
        writer.WriteLine($"| {string.Join(" | ", widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ":"))} |");
        foreach (var row in _rows)
        {
            WriteRow(writer, row, widths);
        }
    }

    private static void WriteRow(TextWriter writer, string[] row, int[] widths) =>
        writer.WriteLine($"| {string.Join(" | ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))} |");
}
