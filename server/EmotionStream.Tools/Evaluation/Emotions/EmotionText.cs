using System.Globalization;

namespace EmotionStream.Tools.Evaluation.Emotions;

/// <summary>Writes what `evaluate` measured for people to read.</summary>
internal static class EmotionText
{
    public static void Write(EmotionReport report, TextWriter output)
    {
        output.WriteLine($"{report.Data}: {report.Pictures} labeled pictures, model {report.Model.Name} (SHA-256 {report.Model.Sha256[..12]}), {report.Precision}");
        output.WriteLine();
        WriteSummary(report, output);
        WriteDetails("Ready-made crops, first frame of a face", report.ReadyMade.Emotions, output);
        WriteDetails("Ready-made crops, single frame", report.ReadyMade.Still, output);
        if (report.WithDetection is { } detected)
        {
            WriteDetails("Faces that the server found, first frame of a face", detected.Emotions, output);
            WriteDetails("Faces that the server found, single frame", detected.Still, output);
        }
    }

    private static void WriteSummary(EmotionReport report, TextWriter output)
    {
        var table = new TextTable("answer", "pictures", "accuracy", "macro F1", "mean recall", "ECE", "ECE balanced");
        Add(table, "ready-made, first frame", report.ReadyMade.Emotions);
        Add(table, "ready-made, single frame", report.ReadyMade.Still);
        if (report.WithDetection is { } detected)
        {
            Add(table, "found, first frame", detected.Emotions);
            Add(table, "found, single frame", detected.Still);
        }

        table.Write(output);
        if (report.WithDetection is { } found)
        {
            output.WriteLine();
            output.WriteLine($"Found by {found.FaceModel.Name}, cut by {found.Crop}, turned by {found.Roll} degrees: {found.Found} of {report.Pictures}.");
            WriteComparison("first frame", found.EmotionsAccuracy, output);
            WriteComparison("single frame", found.StillAccuracy, output);
        }
    }

    private static void WriteComparison(string name, DetectedAccuracy accuracy, TextWriter output) => output.WriteLine(
        $"  {name}: {Percent(accuracy.Found)} of those found, {Percent(accuracy.SameReadyMade)} of the same as ready-made crops; "
        + $"{Percent(accuracy.All)} of all, a face not found being wrong");

    private static void Add(TextTable table, string name, EmotionFigures figures) => table.Add(
        name,
        Number(figures.Pictures),
        Percent(figures.Accuracy),
        Percent(figures.MacroF1),
        Percent(figures.MeanRecall),
        Percent(figures.CalibrationError),
        Percent(figures.BalancedCalibrationError));

    private static void WriteDetails(string title, EmotionFigures figures, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{title}: per label");
        output.WriteLine();
        var labels = new TextTable("label", "pictures", "precision", "recall", "F1");
        foreach (var label in figures.PerLabel)
        {
            labels.Add(label.Label, Number(label.Pictures), Percent(label.Precision), Percent(label.Recall), Percent(label.F1));
        }

        labels.Write(output);
        output.WriteLine();
        output.WriteLine($"{title}: how often each label (row) was answered as each (column)");
        output.WriteLine();
        var confusion = new TextTable(["label", .. figures.PerLabel.Select(label => label.Label)]);
        foreach (var (row, label) in figures.Confusion.Zip(figures.PerLabel))
        {
            confusion.Add([label.Label, .. row.Select(Number)]);
        }

        confusion.Write(output);
    }

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
