using System.Diagnostics;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Onnx;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Benchmarks;

/// <summary>What a face costs the emotion model in batches of eight on one thread: in floats, and in 8-bit integers.</summary>
internal static class EmotionBenchmark
{
    private const int Batch = 8;
    private const int Rounds = 101;
    private const int RunsInARound = 8;

    public static void Run()
    {
        var times = new Dictionary<EmotionPrecision, List<double>> { [EmotionPrecision.Float] = [], [EmotionPrecision.Int8] = [] };
        var models = times.Keys.ToDictionary(precision => precision, Load);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (precision, model) in models)
            {
                times[precision].Add(MillisecondsAFace(model));
            }
        }

        Console.WriteLine($"batches of {Batch}, one thread, {Rounds} alternating rounds of {RunsInARound} batches; milliseconds a face");
        foreach (var (precision, all) in times)
        {
            Console.WriteLine($"{precision,-6} best {all.Min():f3}, median {Percentiles.Median(all):f3}");
        }

        Console.WriteLine($"floats take {Percentiles.Median(times[EmotionPrecision.Float].Zip(times[EmotionPrecision.Int8], (a, b) => a / b)):f2} times as long (median of the rounds)");
        foreach (var model in models.Values)
        {
            model.Dispose();
        }
    }

    private static EmotionModel Load(EmotionPrecision precision)
    {
        var options = new InferenceOptions { Device = OnnxDevice.Cpu, Threads = 1, Precision = precision };
        var model = new EmotionModel(Options.Create(options), new OnnxSessions(NullLogger<OnnxSessions>.Instance));
        model.WarmUp();
        var random = new Random(1);
        var face = new byte[EmotionModelShape.FaceSide * EmotionModelShape.FaceSide];
        for (var i = 0; i < Batch; i++)
        {
            random.NextBytes(face);
            model.Add(face, 0, new RecurrentState(model.Shape.StateSize));
        }

        return model;
    }

    private static double MillisecondsAFace(EmotionModel model)
    {
        var began = Stopwatch.GetTimestamp();
        for (var run = 0; run < RunsInARound; run++)
        {
            model.Run();
        }

        return Stopwatch.GetElapsedTime(began).TotalMilliseconds / (RunsInARound * Batch);
    }
}
