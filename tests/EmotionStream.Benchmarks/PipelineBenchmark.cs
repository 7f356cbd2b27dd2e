using System.Diagnostics;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Benchmarks;

/// <summary>Frames a second and core for 640x480 with one face, beside the bare kernels' cost measured in the same process.</summary>
/// <remarks>
/// Processor time, not wall time, so that other work on the machine counts as little as can be. Rounds alternate, and the
/// medians of their ratios are the figures. With one stream and every frame searched whole the pipeline does just what the kernels do;
/// following known faces saves detector time, and several streams share runs of the emotion model.
/// </remarks>
internal static class PipelineBenchmark
{
    private const int Rounds = 9;
    private const int FramesPerRound = 768;

    private static readonly int[] StreamCounts = [1, 8, 64, 256];

    public static async Task RunAsync()
    {
        var picture = TestPictures.GrainyFace("neutral");
        using var kernels = new BareKernels(picture);
        await using var server = await StreamingPipeline.StartAsync(picture);
        await using var searching = await StreamingPipeline.StartAsync(picture, "--Vision:WholeFrameInterval=00:00:00", "--Vision:QuietInterval=00:00:00");
        kernels.Run(200);
        await searching.RunAsync(1, FramesPerRound);
        await server.RunAsync(StreamCounts[^1], FramesPerRound);

        var (bare, whole) = (new List<double>(), new List<double>());
        var streaming = StreamCounts.ToDictionary(count => count, _ => new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            bare.Add(await MeasureAsync(() => Task.FromResult(kernels.Run(FramesPerRound))));
            whole.Add(await MeasureAsync(() => searching.RunAsync(1, FramesPerRound)));
            foreach (var count in StreamCounts)
            {
                streaming[count].Add(await MeasureAsync(() => server.RunAsync(count, FramesPerRound)));
            }
        }

        var (decode, detect, close, emotion) = kernels.Split();
        Console.WriteLine($"640x480 JPEG of {picture.Length / 1024} KB with one face; processor time, {Rounds} alternating rounds of {FramesPerRound} frames");
        Console.WriteLine($"kernels one by one: JPEG decode {decode:F3} ms, detector run {detect:F3} ms, second look {close:F3} ms, emotion run {emotion:F3} ms");
        Print("kernels in turn", bare);
        Print("1 stream, no following", whole);
        foreach (var (count, costs) in streaming)
        {
            Print(count == 1 ? "1 stream" : $"{count} streams", costs);
        }

        void Print(string what, List<double> costs)
        {
            var ratio = Median(costs.Zip(bare, (cost, kernel) => cost / kernel));
            Console.WriteLine($"{what,-22} {1000 / Median(costs),5:F0} frames a second and core, {100 * (ratio - 1),6:F1} % over the kernels");
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
