using System.Text.Json;
using EmotionStream.Inference;
using EmotionStream.Onnx;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Inference;

/// <summary>The server gives the numbers that the training side recorded (models/training/emotion/export.py).</summary>
public sealed class EmotionGoldenTests
{
    [Fact]
    public void Run_OnTheGoldenFaces_ReproducesTheTrainingSide()
    {
        var golden = JsonSerializer.Deserialize<Golden>(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "emotion.json")), JsonSerializerOptions.Web)!;
        using var model = new EmotionModel(
            Options.Create(new InferenceOptions { Device = OnnxDevice.Cpu }), new OnnxSessions(NullLogger<OnnxSessions>.Instance));

        // Fails if the file is replaced by one that checks nothing.
        Assert.InRange(golden.Tolerance, 0, 1e-4);
        Assert.NotEmpty(golden.Faces);
        Assert.NotEmpty(golden.Steps);
        foreach (var step in golden.Steps)
        {
            var states = step["h"].Zip(step["c"], StateOf).ToArray();
            for (var i = 0; i < golden.Faces.Length; i++)
            {
                model.Add(Convert.FromBase64String(golden.Faces[i].Bytes), step["elapsed"][i][0], states[i]);
            }

            model.Run();
            var reading = model.CreateReading();
            for (var i = 0; i < golden.Faces.Length; i++)
            {
                model.Read(i, reading);
                AssertClose("emotions", reading.Emotions);
                AssertClose("still", reading.Still);
                AssertClose("embedding", reading.Embedding);
                AssertClose("maps", reading.Maps);
                AssertClose("h'", states[i].Hidden);
                AssertClose("c'", states[i].Cell);

                void AssertClose(string output, float[] actual)
                {
                    var expected = step[output][i];
                    Assert.Equal(expected.Length, actual.Length);
                    for (var place = 0; place < expected.Length; place++)
                    {
                        // Relative beyond 1: class maps and cell states reach far above it, and so does their rounding.
                        var allowed = golden.Tolerance * Math.Max(1, Math.Abs(expected[place]));
                        Assert.True(
                            Math.Abs(expected[place] - actual[place]) <= allowed,
                            $"{output}[{place}] of {golden.Faces[i].Name} is {actual[place]}, not {expected[place]}.");
                    }
                }
            }

            model.Clear();
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

    /// <summary>One of its pictures, 48x48 grey, in base64.</summary>
    private sealed record GoldenFace(string Name, string Bytes);
}
