using System.Globalization;
using System.Numerics.Tensors;
using EmotionStream.Contracts;
using EmotionStream.Faces;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Onnx;
using EmotionStream.Tools.Evaluation.Emotions;
using EmotionStream.Tools.Evaluation.Pictures;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Benchmarks;

/// <summary>What judging readings against a rest face does for made-up people whose faces read amiss, and for those whose don't.</summary>
/// <remarks>
/// Nobody is in FER+ twice that we could know, so a made-up person is the whole test set with one bias on every reading's logits. The
/// rest face is the geometric mean of five neutral pictures' readings; the person is judged on all the others.
/// </remarks>
internal static class BaselineBenchmark
{
    private const int People = 40;
    private const int RestPictures = 5;

    private const float Least = 1e-4f;

    // A clear bias: its label's odds against neutral are twelve times what they were.
    private const float Toward = 2, FromNeutral = -0.5f;

    public static void Run(string data)
    {
        var readings = Read(data);
        Console.WriteLine($"{readings.Count} pictures, {People} made-up people of each kind, rest face from {RestPictures} neutral pictures; share read as labeled");
        Console.WriteLine($"{"reads too",-12}{"all",8}{"with",8}{"neutral",10}{"with",8}{"others",9}{"with",8}");
        Describe("(unbiased)", readings, label: null);
        for (var label = 1; label < EmotionLabels.All.Count; label++)
        {
            Describe(EmotionLabels.All[label], readings, label);
        }
    }

    private static List<(int Label, float[] Shares)> Read(string data)
    {
        var set = LabeledSet.Open(data);
        using var model = new EmotionModel(Options.Create(new InferenceOptions()), new OnnxSessions(NullLogger<OnnxSessions>.Instance));
        var reader = new PictureReader(new VisionOptions());
        var (picture, reading) = (new GrayImage(), model.CreateReading());
        List<(int, float[])> readings = [];
        foreach (var chunk in set.Pictures.Chunk(model.MaxBatch))
        {
            foreach (var labeled in chunk)
            {
                reader.Read(labeled.File, labeled.Name, picture);
                model.Add(picture.Pixels, 0, new RecurrentState(model.Shape.StateSize));
            }

            model.Run();
            for (var i = 0; i < chunk.Length; i++)
            {
                model.Read(i, reading);
                readings.Add((chunk[i].Label, [.. reading.Emotions]));
            }

            model.Clear();
        }

        return readings;
    }

    private static void Describe(string name, List<(int Label, float[] Shares)> readings, int? label)
    {
        var person = readings.ConvertAll(reading => (reading.Label, Shares: Biased(reading.Shares, label)));
        var neutral = person.Where(reading => reading.Label == 0).ToArray();
        var random = new Random(1);
        var (plain, judged) = (new double[3], new double[3]);
        for (var i = 0; i < People; i++)
        {
            random.Shuffle(neutral);
            var held = neutral[..RestPictures];
            var rest = RestFace.TryCreate(Mean([.. held.Select(reading => reading.Shares)]))!;
            var others = person.Where(reading => !held.Contains(reading)).ToList();
            Add(plain, others, shares => shares);
            Add(judged, others, shares =>
            {
                float[] copy = [.. shares];
                rest.Judge(copy);
                return copy;
            });
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-12}{plain[0],8:0.0}{judged[0],8:0.0}{plain[1],10:0.0}{judged[1],8:0.0}{plain[2],9:0.0}{judged[2],8:0.0}"));
    }

    private static void Add(double[] sums, List<(int Label, float[] Shares)> readings, Func<float[], float[]> judge)
    {
        var right = readings.ConvertAll(reading => (reading.Label, Right: TensorPrimitives.IndexOfMax(judge(reading.Shares)) == reading.Label ? 100.0 / People : 0));
        sums[0] += right.Average(one => one.Right);
        sums[1] += right.Where(one => one.Label == 0).Average(one => one.Right);
        sums[2] += right.Where(one => one.Label != 0).Average(one => one.Right);
    }

    /// <summary>The mean of the logarithms as a distribution again, as wwwroot/client/restFace.ts takes it.</summary>
    private static float[] Mean(float[][] readings)
    {
        float[] mean = [.. Enumerable.Range(0, EmotionLabels.All.Count).Select(label => MathF.Exp(readings.Average(reading => MathF.Log(MathF.Max(reading[label], Least)))))];
        TensorPrimitives.Divide(mean, TensorPrimitives.Sum<float>(mean), mean);
        return mean;
    }

    private static float[] Biased(float[] shares, int? label)
    {
        float[] biased = [.. shares];
        if (label is { } toward)
        {
            biased[toward] *= MathF.Exp(Toward);
            biased[0] *= MathF.Exp(FromNeutral);
            TensorPrimitives.Divide(biased, TensorPrimitives.Sum<float>(biased), biased);
        }

        return biased;
    }
}
