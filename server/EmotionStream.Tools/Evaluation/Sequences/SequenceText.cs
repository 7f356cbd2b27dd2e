using System.Globalization;

namespace EmotionStream.Tools.Evaluation.Sequences;

/// <summary>Writes the comparison over sequences for a person to read.</summary>
internal static class SequenceText
{
    public static void Write(SequenceReport report, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Data}: {report.Sequences} sequences, {report.WithoutFace} without a face, {report.FramesASecond} frames a second; {report.Model.Name}, prior {report.Prior}"));
        output.WriteLine();
        var table = new TextTable("", "end right", "mean recall", "start neutral", "ECE", "ECE balanced", "mean change", "flips a second", "settled after");
        foreach (var method in report.Methods)
        {
            table.Add(method.Method, Percent(method.End), Percent(method.MeanRecall), Percent(method.Start), Number(method.CalibrationError),
                Number(method.BalancedCalibrationError), Number(method.MeanChange, 4), Number(method.FlipsASecond), $"{Number(method.SettledAfter)} s");
        }

        table.Write(output);
        output.WriteLine();
        var labels = report.Methods[0].Recalls.Keys.ToArray();
        var recalls = new TextTable(["end right", .. labels]);
        foreach (var method in report.Methods)
        {
            recalls.Add([method.Method, .. labels.Select(label => Percent(method.Recalls[label]))]);
        }

        recalls.Write(output);
    }

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private static string Number(double value, int digits = 2) => value.ToString("F" + digits, CultureInfo.InvariantCulture);
}
