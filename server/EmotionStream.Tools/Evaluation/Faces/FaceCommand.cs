using System.CommandLine;
using EmotionStream.Faces;
using EmotionStream.Faces.Detection;

namespace EmotionStream.Tools.Evaluation.Faces;

/// <summary>`evaluate-faces`: how well detectors find the faces of annotated pictures.</summary>
internal static class FaceCommand
{
    private static readonly Option<string> Data = CommandOptions.Text("--data", "PATH", "A folder with labels.jsonl, images.zip and negatives.zip.");

    private static readonly Option<string[]> Models = new("--model")
    {
        HelpName = "FILE",
        Description = "A detector in YuNet's output layout, with the second look beside it (NAME-close.onnx) if there is one; several are compared.",
        DefaultValueFactory = _ => [new VisionOptions().FaceModel],
    };

    private static readonly Option<double> Threshold = CommandOptions.Number(
        "--threshold", "SCORE", "The score from which a box counts as a face.", 0, 1, new VisionOptions().DetectionThreshold);

    private static readonly Option<string> Split = CommandOptions.Text("--split", "NAME", "Which pictures.", "test");

    private static readonly Option<string?> Json = CommandOptions.JsonFile();

    public static Command Create()
    {
        var command = new Command("evaluate-faces", "Measures how well detectors find the faces of annotated pictures.")
        {
            Data, Models, Threshold, Split, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static void Run(ParseResult given)
    {
        var report = Measure(given);
        FaceText.Write(report, given.InvocationConfiguration.Output);
        ReportFile.Write(report, given.GetValue(Json));
    }

    private static FaceReport Measure(ParseResult given)
    {
        var (folder, split, threshold) = (given.GetRequiredValue(Data), given.GetRequiredValue(Split), given.GetRequiredValue(Threshold));
        using var data = FaceData.Open(folder, split);
        var detectors = given.GetRequiredValue(Models)
            .Select(file => MeasureOne(file, threshold, data, given.InvocationConfiguration.Error)).ToArray();
        return new FaceReport(new DirectoryInfo(folder).Name, split, data.Pictures.Count, threshold, detectors);
    }

    private static DetectorFigures MeasureOne(string file, double threshold, FaceData data, TextWriter errors)
    {
        using var model = new FaceDetectorModel(new VisionOptions { FaceModel = file });
        return new FaceEvaluation(model, threshold).Run(data, new ProgressLine(errors, Path.GetFileName(file), data.Pictures.Count));
    }
}
