using System.Globalization;
using EmotionStream.Vision;

namespace EmotionStream.Evaluation.Faces;

/// <summary>`evaluate-faces`: how well detectors find the faces of annotated pictures.</summary>
internal static class FaceCommand
{
    public const string Usage = """
        evaluate-faces --data PATH [--model FILE]... [--threshold SCORE] [--split NAME] [--json FILE]

          --data       a folder with labels.jsonl, images.zip and negatives.zip
          --model      a detector in YuNet's output layout, and the second look beside it (NAME-close.onnx) if there is
                       one; several are compared; default models/face.onnx
          --threshold  the score from which a box counts as a face; default 0.6, the server's
          --split      which pictures; default test
          --json       writes the figures to this file, too
        """;

    public static void Run(string[] args, TextWriter output, TextWriter errors)
    {
        if (args.Contains("--help"))
        {
            output.WriteLine(Usage);
            return;
        }

        var options = new Arguments(args, ["--data", "--model", "--threshold", "--split", "--json"], []);
        var report = Measure(options, errors);
        FaceText.Write(report, output);
        EvaluationCommands.WriteJson(report, options.Optional("--json"));
    }

    private static FaceReport Measure(Arguments options, TextWriter errors)
    {
        var defaults = new VisionOptions();
        var threshold = defaults.DetectionThreshold;
        if (options.Optional("--threshold") is { } text
            && !(double.TryParse(text, CultureInfo.InvariantCulture, out threshold) && threshold is > 0 and < 1))
        {
            throw new EvaluationException($"--threshold is a score between 0 and 1, not '{text}'.");
        }

        var (folder, split) = (options.Required("--data"), options.Optional("--split") ?? "test");
        using var data = FaceData.Open(folder, split);
        IEnumerable<string> files = options.All("--model") is { Count: > 0 } given ? given : [defaults.FaceModel];
        var detectors = files.Select(file => MeasureOne(file, threshold, data, errors)).ToArray();
        return new FaceReport(new DirectoryInfo(folder).Name, split, data.Pictures.Count, threshold, detectors);
    }

    private static DetectorFigures MeasureOne(string file, double threshold, FaceData data, TextWriter errors)
    {
        using var model = new FaceDetectorModel(new VisionOptions { FaceModel = file });
        return new FaceEvaluation(model, threshold).Run(data, new ProgressLine(errors, Path.GetFileName(file), data.Pictures.Count));
    }
}
