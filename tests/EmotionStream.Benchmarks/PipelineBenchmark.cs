using System.Diagnostics;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Benchmarks;

/// <summary>Frames a second and core for 640x480 with one face, beside the bare kernels' cost measured in the same process.</summary>
/// <remarks>
/// Processor time, not wall time, so that other work on the machine counts as little as can be. Rounds alternate, and the
/// medians of their ratios are the figures: with one stream every frame pays for a run of its own, with several they share batches.
/// </remarks>
internal static class PipelineBenchmark
{
    private const int Rounds = 9;
    private const int FramesPerRound = 1000;
    private const int ManyStreams = 8;

    public static async Task RunAsync()
    {
        var picture = TestPictures.GrainyFace("neutral");
        using var kernels = new BareKernels(picture);
        await using var one = await StreamingPipeline.StartAsync(picture, 1);
        await using var many = await StreamingPipeline.StartAsync(picture, ManyStreams);
        kernels.Run(200);
        await one.RunAsync(200);
        await many.RunAsync(400);

        List<(double Kernels, double One, double Many)> rounds = [];
        for (var round = 0; round < Rounds; round++)
        {
            var bare = await MeasureAsync(() => Task.FromResult(kernels.Run(FramesPerRound)));
            rounds.Add((bare, await MeasureAsync(() => one.RunAsync(FramesPerRound)), await MeasureAsync(() => many.RunAsync(FramesPerRound))));
        }

        var (decode, detect, emotion) = kernels.Split();
        Console.WriteLine($"640x480 JPEG of {picture.Length / 1024} KB with one face; processor time, {Rounds} alternating rounds of {FramesPerRound} frames");
        Console.WriteLine($"kernels one by one: JPEG decode {decode:F3} ms, detector run {detect:F3} ms, emotion run {emotion:F3} ms");
        Print("kernels in turn", round => round.Kernels);
        Print("pipeline, 1 stream", round => round.One);
        Print($"pipeline, {ManyStreams} streams", round => round.Many);

        void Print(string what, Func<(double Kernels, double One, double Many), double> cost)
        {
            var ratio = Median(rounds.Select(round => cost(round) / round.Kernels));
            Console.WriteLine($"{what,-20} {1000 / Median(rounds.Select(cost)),5:F0} frames a second and core, {100 * (ratio - 1),6:F1} % over the kernels");
        }
    }

    /// <summary>Milliseconds of processor time a frame.</summary>
    private static async Task<double> MeasureAsync(Func<Task<int>> run)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var frames = await run();
        return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / frames;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
