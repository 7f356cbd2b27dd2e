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
    public const string Usage = """
        evaluate --data PATH [--with-detection] [--crop points|box] [--roll DEGREES] [--model FILE] [--face-model FILE]
                 [--precision auto|float|int8] [--json FILE]

          --data            a folder with one sub-folder of PNG or JPEG pictures for each label, or a FER+ pack (zip)
          --with-detection  also finds and cuts the faces as the server does; pictures below 128 pixels are put into a frame first
          --crop            levels faces by their five points (as the server does) or cuts a plain square around their box
          --roll            turns ready-made crops in their frame by so much; default 0
          --model           the emotion model; default models/emotion.onnx
          --face-model      the face detector; default models/face.onnx
          --precision       how the emotion model computes; default auto, as the server does
          --json            writes the figures to this file, too
        """;

    public static void Run(string[] args, TextWriter output, TextWriter errors)
    {
        if (args.Contains("--help"))
        {
            output.WriteLine(Usage);
            return;
        }

        var options = new Arguments(args, ["--data", "--crop", "--roll", "--model", "--face-model", "--precision", "--json"], ["--with-detection"]);
        var report = Measure(options, errors);
        EmotionText.Write(report, output);
        EvaluationCommands.WriteJson(report, options.Optional("--json"));
    }

    private static EmotionPrecision Precision(string text) =>
        Enum.TryParse<EmotionPrecision>(text, ignoreCase: true, out var precision) && Enum.IsDefined(precision)
            ? precision
            : throw new EvaluationException($"--precision is auto, float or int8, not '{text}'.");

    private static EmotionReport Measure(Arguments options, TextWriter errors)
    {
        var manner = CropManner.Parse(options.Optional("--crop") ?? "points", options.Optional("--roll") ?? "0");
        var data = LabelledSet.Open(options.Required("--data"));
        var vision = new VisionOptions();
        vision.FaceModel = options.Optional("--face-model") ?? vision.FaceModel;
        var inference = new InferenceOptions();
        inference.EmotionModel = options.Optional("--model") ?? inference.EmotionModel;
        inference.Precision = Precision(options.Optional("--precision") ?? "auto");
        using var model = new EmotionModel(Options.Create(inference), new OnnxSessions(NullLogger<OnnxSessions>.Instance));
        using var reader = new PictureReader(vision);
        using var detector = options.Has("--with-detection") ? new FaceDetectorModel(vision) : null;
        using var finder = detector is null ? null : new FaceFinder(detector, vision, manner);

        var evaluation = new EmotionEvaluation(model, reader, finder);
        evaluation.Run(data, new ProgressLine(errors, data.Name, data.Count));
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
