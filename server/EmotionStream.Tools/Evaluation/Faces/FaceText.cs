using System.Globalization;

namespace EmotionStream.Tools.Evaluation.Faces;

/// <summary>Writes what `evaluate-faces` measured for people to read, all detectors side by side.</summary>
internal static class FaceText
{
    public static void Write(FaceReport report, TextWriter output)
    {
        var letters = report.Detectors.Select((_, i) => ((char)('A' + i)).ToString()).ToArray();
        output.WriteLine($"{report.Data}, {report.Split}: {report.Pictures} pictures");
        foreach (var (letter, detector) in letters.Zip(report.Detectors))
        {
            output.WriteLine($"{letter} = {Name(detector.Model)}{(detector.Close is { } close ? $", then {Name(close)}" : "")}");
        }

        output.WriteLine();
        WriteGroups(report, letters, output);
        output.WriteLine();
        WriteRest(report, letters, output);
    }

    private static void WriteGroups(FaceReport report, string[] letters, TextWriter output)
    {
        (string Name, Func<GroupFigures, double> Of)[] figures =
        [
            ("AP at IoU 0.5", group => group.AveragePrecision),
            ($"recall at {Text(FaceEvaluation.FalseRate)} false", group => group.RecallAtFalseRate),
            ($"found at {Text(report.Threshold)}", group => group.RecallAtThreshold),
            ("mean IoU", group => group.MeanOverlap),
        ];
        var table = new TextTable(["group", "faces", .. figures.SelectMany(figure => letters.Select(letter => $"{figure.Name}: {letter}"))]);
        for (var i = 0; i < FaceGroup.All.Count; i++)
        {
            var groups = report.Detectors.Select(detector => detector.Groups[i]).ToArray();
            table.Add([groups[0].Group, Text(groups[0].Faces), .. figures.SelectMany(figure => groups.Select(group => Percent(group.Faces == 0 ? null : figure.Of(group))))]);
        }

        table.Write(output);
    }

    private static void WriteRest(FaceReport report, string[] letters, TextWriter output)
    {
        var first = report.Detectors[0];
        var table = new TextTable(["figure", .. letters]);
        void Add(string name, Func<DetectorFigures, string> figure) => table.Add([name, .. report.Detectors.Select(figure)]);
        Add($"{first.Negatives} pictures without a face: none found at {Text(report.Threshold)}", detector => Percent(detector.CleanNegatives));
        Add("the same: false faces a picture", detector => detector.FalseOnNegatives.ToString("0.000", CultureInfo.InvariantCulture));
        Add("points on heads with sound marks: heads", detector => Text(detector.PointsSound.Heads));
        Add("the same: median error, in eye distances", detector => Percent(detector.PointsSound.Median));
        Add("the same: 90th percentile", detector => Percent(detector.PointsSound.Percentile90));
        Add("points on all heads as marked: median error", detector => Percent(detector.PointsAll.Median));
        Add("one run at 320x256, one core, median", detector => Milliseconds(detector.Milliseconds320));
        Add("one run at 160x128, one core, median", detector => Milliseconds(detector.Milliseconds160));
        Add("a known face in 320x256, one core, median", detector => Milliseconds(detector.MillisecondsKnown));
        table.Write(output);
    }

    private static string Name(ModelFile model) => $"{model.Name} (SHA-256 {model.Sha256[..12]})";

    private static string Percent(double? share) => share is { } known ? (100 * known).ToString("0.0", CultureInfo.InvariantCulture) + "%" : "-";

    private static string Milliseconds(double? value) => value is { } known ? known.ToString("0.00", CultureInfo.InvariantCulture) + " ms" : "-";

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
