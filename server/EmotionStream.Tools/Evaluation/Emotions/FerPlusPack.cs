using System.Globalization;
using System.IO.Compression;

namespace EmotionStream.Tools.Evaluation.Emotions;

/// <summary>A FER+ split as one zip: 48x48 PNG files and labels.csv with ten people's votes for each.</summary>
/// <remarks>
/// The annotation authors' protocol (Barsoum et al., 2016) decides which pictures count: votes of one become zero, and one answer
/// must then have more than half of what is left and be one of the eight expressions.
/// </remarks>
internal static class FerPlusPack
{
    private const string Table = "labels.csv";

    // The table's columns: image, eight expressions, unknown, not_a_face.
    private const int Answers = 10;
    private const int Expressions = 8;

    public static LabeledSet Open(string path)
    {
        var zip = OpenZip(path);
        var table = zip.Entries.FirstOrDefault(entry => entry.Name == Table)
            ?? throw new EvaluationException($"{path} is no FER+ pack: it has no {Table}.");
        var folder = table.FullName[..^Table.Length];
        var counted = ReadTable(table, path).ToArray();
        return counted.Length > 0
            ? new LabeledSet(Path.GetFileName(path), counted.Length, Read(zip, folder, counted))
            : throw new EvaluationException($"{path} has no picture that the FER+ protocol counts.");
    }

    /// <summary>The expression that the votes agree on; null where the protocol leaves the picture out.</summary>
    public static int? Majority(ReadOnlySpan<int> votes)
    {
        int best = 0, kept = 0;
        for (var i = 0; i < votes.Length; i++)
        {
            kept += votes[i] > 1 ? votes[i] : 0;
            best = votes[i] > votes[best] ? i : best;
        }

        return votes[best] > 1 && 2 * votes[best] > kept && best < Expressions ? best : null;
    }

    private static ZipArchive OpenZip(string path)
    {
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"{path} can't be read as a zip file: {problem.Message}", problem);
        }
    }

    private static IEnumerable<(string Image, int Label)> ReadTable(ZipArchiveEntry table, string path)
    {
        using var lines = new StreamReader(table.Open());
        var columns = lines.ReadLine()?.Split(',') ?? [];
        if (columns.Length != Answers + 1)
        {
            throw new EvaluationException($"{Table} in {path} has {columns.Length} columns instead of {Answers + 1}.");
        }

        var order = columns[1..(Expressions + 1)].Select(column => LabelNames.Of(column, $"{Table} in {path}")).ToArray();
        while (lines.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            var votes = cells.Skip(1).Select(cell => int.TryParse(cell, CultureInfo.InvariantCulture, out var count) ? count : -1).ToArray();
            if (votes.Length != Answers || votes.Min() < 0)
            {
                throw new EvaluationException($"{Table} in {path} has a line that is not a name and {Answers} counts: '{line}'.");
            }

            if (Majority(votes) is { } answer)
            {
                yield return (cells[0], order[answer]);
            }
        }
    }

    private static IEnumerable<LabeledPicture> Read(ZipArchive zip, string folder, (string Image, int Label)[] counted)
    {
        using (zip)
        {
            foreach (var (image, label) in counted)
            {
                var entry = zip.GetEntry(folder + image) ?? throw new EvaluationException($"{Table} names {image}, which is not in the pack.");
                yield return new LabeledPicture(image, label, ZipBytes.Of(entry));
            }
        }
    }
}
