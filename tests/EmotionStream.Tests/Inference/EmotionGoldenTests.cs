using System.Text.Json;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Onnx;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Inference;

/// <summary>The server gives the numbers that the training side recorded (models/training/emotion/export.py).</summary>
public sealed class EmotionGoldenTests
{
    [Theory]
    [InlineData("auto", "emotions", "still")]
    [InlineData("everyday", "emotions_everyday", "still")]
    [InlineData("balanced", "emotions_balanced", "still_balanced")]
    public void Run_OnTheGoldenFaces_ReproducesTheTrainingSide(string prior, string emotions, string still)
    {
        var golden = JsonSerializer.Deserialize<Golden>(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "emotion.json")), JsonSerializerOptions.Web)!;
        using var model = new EmotionModel(
            Options.Create(new InferenceOptions { Device = OnnxDevice.Cpu, Precision = EmotionPrecision.Float, Prior = Enum.Parse<EmotionPrior>(prior, ignoreCase: true) }),
            new OnnxSessions(NullLogger<OnnxSessions>.Instance));

        // Fails if the file is replaced by one that checks nothing.
        Assert.InRange(golden.Tolerance, 0, 1e-4);
        Assert.NotEmpty(golden.Faces);
        Assert.NotEmpty(golden.Steps);
        foreach (var step in golden.Steps)
        {
            Check(model, golden, step, emotions, still);
        }
    }

    private static void Check(EmotionModel model, Golden golden, Dictionary<string, float[][]> step, string emotions, string still)
    {
        var states = step["h"].Zip(step["c"], StateOf).ToArray();
        for (var i = 0; i < states.Length; i++)
        {
            model.Add(Convert.FromBase64String(golden.Faces[i].Bytes), step["elapsed"][i][0], states[i]);
        }

        model.Run();
        var reading = model.CreateReading();
        for (var i = 0; i < states.Length; i++)
        {
            model.Read(i, reading);
            (string Output, float[] Actual)[] outputs =
            [
                (emotions, reading.Emotions), (still, reading.Still), ("embedding", reading.Embedding), ("maps", reading.Maps),
                ("h'", states[i].Hidden), ("c'", states[i].Cell),
            ];
            foreach (var (output, actual) in outputs)
            {
                AssertClose(step[output][i], actual, golden.Tolerance, $"{output} of {golden.Faces[i].Name}");
            }
        }

        model.Clear();
    }

    private static void AssertClose(float[] expected, float[] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var place = 0; place < expected.Length; place++)
        {
            // Relative beyond 1: class maps and cell states reach far above it, and so does their rounding.
            var allowed = tolerance * Math.Max(1, Math.Abs(expected[place]));
            Assert.True(Math.Abs(expected[place] - actual[place]) <= allowed, $"{what} at {place} is {actual[place]}, not {expected[place]}.");
        }
    }

    private static RecurrentState StateOf(float[] hidden, float[] cell)
    {
        var state = new RecurrentState(hidden.Length);
        hidden.CopyTo(state.Hidden, 0);
        cell.CopyTo(state.Cell, 0);
        return state;
    }

    /// <summary>The golden file.</summary>
    private sealed record Golden(double Tolerance, GoldenFace[] Faces, Dictionary<string, float[][]>[] Steps);

    /// <summary>One of its pictures, 48x48 gray, in base64.</summary>
    private sealed record GoldenFace(string Name, string Bytes);
}
