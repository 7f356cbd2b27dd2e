using System.CommandLine;
using EmotionStream.Contracts;
using EmotionStream.Faces;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Onnx;
using EmotionStream.Tools.Evaluation.Pictures;
using EmotionStream.Tools.Evaluation.Sequences;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tools.Evaluation.Emotions;

/// <summary>`evaluate`: how often the emotion model agrees with people's labels.</summary>
internal static class EmotionCommand
{
    private static readonly Option<string?> Data = new("--data")
    {
        HelpName = "PATH",
        Description = "A folder with one sub-folder of PNG or JPEG pictures for each label, or a FER+ pack (zip).",
    };

    private static readonly Option<string?> Sequences = new("--sequences")
    {
        HelpName = "PATH",
        Description = "Instead of pictures: a folder of sequences, each a folder of one face's frames, named by the label of its last frame (person7-angry).",
    };

    private static readonly Option<double> FramesASecond = CommandOptions.Number("--fps", "NUMBER", "How many frames of a sequence make a second.", 1, 120, 15);

    private static readonly Option<string?> Plot = new("--svg") { HelpName = "FILE", Description = "Draws how many sequences are right over their length." };

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

    private static readonly Option<string> Prior = CommandOptions.Choice(
        "--prior", "How common the model takes each expression to be; auto is the server's way.", "auto", "everyday", "balanced");

    private static readonly Option<bool> Balanced = new("--balanced") { Arity = ArgumentArity.Zero, Description = "The same as --prior balanced." };

    private static readonly Option<string?> Json = CommandOptions.JsonFile();

    public static Command Create()
    {
        var command = new Command("evaluate", "Measures how often the emotion model agrees with people's labels.")
        {
            Data, Sequences, FramesASecond, WithDetection, Crop, Roll, Model, FaceModel, Precision, Prior, Balanced, Json, Plot,
        };
        command.Validators.Add(given =>
        {
            if (given.GetResult(Data) is null == given.GetResult(Sequences) is null)
            {
                given.AddError("Give either --data or --sequences.");
            }
        });
        command.SetAction(Run);
        return command;
    }

    private static void Run(ParseResult given)
    {
        if (given.GetValue(Sequences) is { } sequences)
        {
            PlaySequences(given, sequences);
            return;
        }

        var report = Measure(given);
        EmotionText.Write(report, given.InvocationConfiguration.Output);
        ReportFile.Write(report, given.GetValue(Json));
    }

    private static void PlaySequences(ParseResult given, string path)
    {
        var sequences = SequenceFolder.Open(path);
        var vision = new VisionOptions { FaceModel = given.GetRequiredValue(FaceModel) };
        var (inference, rate) = (InferenceOf(given), given.GetRequiredValue(FramesASecond));
        using var model = new EmotionModel(Options.Create(inference), new OnnxSessions(NullLogger<OnnxSessions>.Instance));
        var reader = new PictureReader(vision);
        using var detector = new FaceDetectorModel(vision);
        using var finder = new FaceFinder(detector, vision, MannerOf(given));
        var evaluation = new SequenceEvaluation(model, reader, finder, rate);
        var progress = new ProgressLine(given.InvocationConfiguration.Error, Path.GetFileName(path), sequences.Length);
        foreach (var sequence in sequences)
        {
            evaluation.Play(sequence);
            progress.Advance();
        }

        var report = new SequenceReport(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), sequences.Length, evaluation.WithoutFace, rate,
            ModelFile.Of(ModelFiles.Find(inference.EmotionModel)), inference.Prior.ToString().ToLowerInvariant(), evaluation.Figures());
        SequenceText.Write(report, given.InvocationConfiguration.Output);
        ReportFile.Write(report, given.GetValue(Json));
        ReportFile.WriteText(SequencePlot.Draw(report), given.GetValue(Plot));
    }

    private static CropManner MannerOf(ParseResult given) => new(given.GetRequiredValue(Crop) == "points", given.GetRequiredValue(Roll));

    private static InferenceOptions InferenceOf(ParseResult given) => new()
    {
        EmotionModel = given.GetRequiredValue(Model),
        Precision = Enum.Parse<EmotionPrecision>(given.GetRequiredValue(Precision), ignoreCase: true),
        Prior = given.GetValue(Balanced) ? EmotionPrior.Balanced : Enum.Parse<EmotionPrior>(given.GetRequiredValue(Prior), ignoreCase: true),
    };

    private static EmotionReport Measure(ParseResult given)
    {
        var manner = MannerOf(given);
        var data = LabeledSet.Open(given.GetValue(Data)!);
        var vision = new VisionOptions { FaceModel = given.GetRequiredValue(FaceModel) };
        var inference = InferenceOf(given);
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
