using System.Diagnostics;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Benchmarks;

/// <summary>Frames a second and core for 640x480 with one face, beside the bare kernels' cost measured in the same process.</summary>
/// <remarks>
/// Processor time, not wall time, so that other work on the machine counts as little as can be. Rounds of the two alternate, and the
/// median of their ratios is the figure.
/// </remarks>
internal static class PipelineBenchmark
{
    private const int Rounds = 9;
    private const int FramesPerRound = 1500;
    private const int Streams = 8;

    public static async Task RunAsync()
    {
        var picture = TestPictures.Face("neutral");
        using var kernels = new BareKernels(picture);
        await using var pipeline = await StreamingPipeline.StartAsync(picture, Streams);
        kernels.Run(200);
        await pipeline.RunAsync(400);

        List<(double Kernels, double Pipeline)> rounds = [];
        for (var round = 0; round < Rounds; round++)
        {
            var bare = Measure(() => kernels.Run(FramesPerRound));
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var frames = await pipeline.RunAsync(FramesPerRound);
            var whole = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / frames;
            rounds.Add((bare, whole));
            Console.WriteLine($"round {round + 1}: kernels {bare:F3} ms, pipeline {whole:F3} ms of processor time a frame, ratio {whole / bare:F3}");
        }

        var (decode, detect, emotion) = kernels.Split();
        Console.WriteLine($"kernels: JPEG decode {decode:F3} ms, detector run {detect:F3} ms, emotion run {emotion:F3} ms");
        Console.WriteLine($"kernels alone:  {1000 / Median(rounds.Select(round => round.Kernels)):F0} frames a second and core");
        Console.WriteLine($"whole pipeline: {1000 / Median(rounds.Select(round => round.Pipeline)):F0} frames a second and core ({Streams} streams)");
        Console.WriteLine($"overhead: {100 * (Median(rounds.Select(round => round.Pipeline / round.Kernels)) - 1):F1} % of the kernels' sum (median of {Rounds} rounds)");

        double Measure(Action run)
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            run();
            return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / FramesPerRound;
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
