using System.CommandLine;
using EmotionStream.Contracts;
using EmotionStream.Evaluation.Pictures;
using EmotionStream.Inference;
using EmotionStream.Onnx;
using EmotionStream.Vision;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Evaluation.Emotions;

/// <summary>`evaluate`: how often the emotion model agrees with people's labels.</summary>
internal static class EmotionCommand
{
    private static readonly Option<string> Data = CommandOptions.Text(
        "--data", "PATH", "A folder with one sub-folder of PNG or JPEG pictures for each label, or a FER+ pack (zip).");

    private static readonly Option<bool> WithDetection = new("--with-detection")
    {
        Arity = ArgumentArity.Zero,
        Description = "Also finds and cuts the faces as the server does; pictures below 128 pixels are put into a frame first.",
    };

    private static readonly Option<string> Crop = CommandOptions.Choice(
        "--crop", "Levels faces by their five points, as the server does, or cuts a plain square around their box.", "points", "box");

    private static readonly Option<double> Roll = CommandOptions.Number(
        "--roll", "DEGREES", "Turns ready-made crops in their frame by so much.", -CropManner.MostRoll, CropManner.MostRoll, 0);

    private static readonly Option<string> Model = CommandOptions.Text("--model", "FILE", "The emotion model.", new InferenceOptions().EmotionModel);

    private static readonly Option<string> FaceModel = CommandOptions.Text("--face-model", "FILE", "The face detector.", new VisionOptions().FaceModel);

    private static readonly Option<string> Precision = CommandOptions.Choice(
        "--precision", "How the emotion model computes; auto is the server's way.", "auto", "float", "int8");

    private static readonly Option<string?> Json = CommandOptions.JsonFile();

    public static Command Create()
    {
        var command = new Command("evaluate", "Measures how often the emotion model agrees with people's labels.")
        {
            Data, WithDetection, Crop, Roll, Model, FaceModel, Precision, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static void Run(ParseResult given)
    {
        var report = Measure(given);
        EmotionText.Write(report, given.InvocationConfiguration.Output);
        ReportFile.Write(report, given.GetValue(Json));
    }

    private static EmotionReport Measure(ParseResult given)
    {
        var manner = new CropManner(given.GetRequiredValue(Crop) == "points", given.GetRequiredValue(Roll));
        var data = LabelledSet.Open(given.GetRequiredValue(Data));
        var vision = new VisionOptions { FaceModel = given.GetRequiredValue(FaceModel) };
        var inference = new InferenceOptions
        {
            EmotionModel = given.GetRequiredValue(Model),
            Precision = Enum.Parse<EmotionPrecision>(given.GetRequiredValue(Precision), ignoreCase: true),
        };
        using var model = new EmotionModel(Options.Create(inference), new OnnxSessions(NullLogger<OnnxSessions>.Instance));
        var reader = new PictureReader(vision);
        using var detector = given.GetValue(WithDetection) ? new FaceDetectorModel(vision) : null;
        using var finder = detector is null ? null : new FaceFinder(detector, vision, manner);

        var evaluation = new EmotionEvaluation(model, reader, finder);
        evaluation.Run(data, new ProgressLine(given.InvocationConfiguration.Error, data.Name, data.Count));
        return new EmotionReport(
            data.Name,
            data.Count,
            ModelFile.Of(ModelFiles.Find(inference.EmotionModel)),
            model.Precision.ToString().ToLowerInvariant(),
            EmotionLabels.All,
            evaluation.ReadyMade(),
            detector is null ? null : evaluation.Detected(ModelFile.Of(detector.Path), manner));
    }
}
