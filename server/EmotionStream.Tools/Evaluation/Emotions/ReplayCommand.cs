using System.CommandLine;
using EmotionStream.Contracts;
using EmotionStream.Faces;
using EmotionStream.Faces.Cropping;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Onnx;
using EmotionStream.Tools.Evaluation.Pictures;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tools.Evaluation.Emotions;

/// <summary>`replay`: writes the replay set that learning from corrections needs, which every new emotion model needs its own of.</summary>
internal static class ReplayCommand
{
    private static readonly Option<string> Train = CommandOptions.Text(
        "--train", "PATH", "Faces the model was trained on: a folder with one sub-folder of pictures for each label, or a FER+ pack (zip).");

    private static readonly Option<string> HeldOut = CommandOptions.Text(
        "--held-out", "PATH", "Faces it was not trained on, likewise; never the set that the model's published figures come from.");

    private static readonly Option<string> Model = CommandOptions.Text("--model", "FILE", "The emotion model.", new InferenceOptions().EmotionModel);

    private static readonly Option<string> Out = CommandOptions.Text("--out", "FILE", "The file to write.", "models/emotion-replay.bin");

    // Enough to pin 1,288 numbers down, in 1.3 MB.
    private const int TrainingFaces = 4096;

    // Contempt and disgust are one face in a hundred; of so few the head would lose its hold.
    private const int LeastOfALabel = 256;

    public static Command Create()
    {
        var command = new Command("replay", "Writes the replay set that learning from corrections needs, for a new emotion model.")
        {
            Train, HeldOut, Model, Out,
        };
        command.SetAction(Run);
        return command;
    }

    private static void Run(ParseResult given)
    {
        var (output, errors) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
        var path = given.GetRequiredValue(Out);
        // Exactly, so that the file is the same whichever processor made it.
        var inference = new InferenceOptions { EmotionModel = given.GetRequiredValue(Model), Precision = EmotionPrecision.Float };
        var file = EmotionModelFile.Read(inference.EmotionModel);
        using var model = new EmotionModel(Options.Create(inference), new OnnxSessions(NullLogger<OnnxSessions>.Instance));
        var (training, trainingLabels) = Embed(Chosen(given.GetRequiredValue(Train)), model, errors);
        var (held, heldLabels) = Embed(LabeledSet.Open(given.GetRequiredValue(HeldOut)), model, errors);
        var set = new ReplaySet(file.Sha256, training, trainingLabels, held, heldLabels);
        try
        {
            set.Write(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"The replay set can't be written to {path}: {problem.Message}", problem);
        }

        output.WriteLine($"{path}: {training.Count} faces to train on and {held.Count} held out, for {file.Name} {file.Sha256[..12]}");
    }

    /// <summary>An even choice of each label's pictures: as many as its share is, but of rare labels more.</summary>
    private static LabeledSet Chosen(string path)
    {
        var all = LabeledSet.Open(path);
        var counts = new int[EmotionLabels.All.Count];
        foreach (var picture in all.Pictures)
        {
            counts[picture.Label]++;
        }

        int[] wanted = [.. counts.Select(count => Math.Min(count, Math.Max(LeastOfALabel, (int)((long)TrainingFaces * count / all.Count))))];
        return new LabeledSet(all.Name, wanted.Sum(), Choose(LabeledSet.Open(path).Pictures, counts, wanted));
    }

    private static IEnumerable<LabeledPicture> Choose(IEnumerable<LabeledPicture> pictures, int[] counts, int[] wanted)
    {
        var seen = new long[counts.Length];
        foreach (var picture in pictures)
        {
            var label = picture.Label;
            var before = seen[label]++ * wanted[label] / counts[label];
            if (seen[label] * wanted[label] / counts[label] > before)
            {
                yield return picture;
            }
        }
    }

    private static (Embeddings Embeddings, byte[] Labels) Embed(LabeledSet data, EmotionModel model, TextWriter errors)
    {
        var reader = new PictureReader(new VisionOptions());
        var (picture, crop, reading) = (new GrayImage(), new GrayImage(), model.CreateReading());
        var progress = new ProgressLine(errors, data.Name, data.Count);
        List<Half> values = [];
        List<byte> labels = [];
        foreach (var face in data.Pictures)
        {
            reader.Read(face.File, face.Name, picture);
            AreaResizer.Resize(picture, crop, CropGeometry.Side, CropGeometry.Side);
            model.Add(crop.Pixels, 0, new RecurrentState(model.Shape.StateSize));
            model.Run();
            model.Read(0, reading);
            model.Clear();
            values.AddRange(Embeddings.Halve(reading.Embedding));
            labels.Add((byte)face.Label);
            progress.Advance();
        }

        return (new Embeddings(reading.Embedding.Length, [.. values]), [.. labels]);
    }
}
