using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.Builder;
using static EmotionStream.Benchmarks.Percentiles;

namespace EmotionStream.Benchmarks;

/// <summary>What keeping every reading costs those whose readings are kept: a source's latency without history, and with all of it.</summary>
/// <remarks>Two servers in one process take turns; the one with history keeps each frame's reading, instead of two a second.</remarks>
internal static class HistoryBenchmark
{
    private const int Rounds = 5;
    private const int Sources = 4;
    private const int Frames = 60;
    private const string Room = "benchmark";

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("es-benchmark-");
        await using var plain = await StartAsync();
        await using var keeping = await StartAsync("--History:Enabled=true", "--History:RateHz=30", $"--Storage:DataDirectory={folder.FullName}");
        var picture = TestPictures.GrainyFace("neutral");
        var (without, with) = (Enter(plain, picture), Enter(keeping, picture));
        await RunAsync(without);
        await RunAsync(with);
        var (off, on) = (new List<double[]>(), new List<double[]>());
        for (var round = 0; round < Rounds; round++)
        {
            off.Add(await RunAsync(without));
            on.Add(await RunAsync(with));
        }

        await plain.StopAsync();
        await keeping.StopAsync();
        folder.Delete(recursive: true);
        Console.WriteLine($"{Sources} sources at 15 frames a second; {Rounds} alternating rounds of {Sources * Frames} frames; median of the rounds");
        foreach (var share in new[] { 0.5, 0.95, 0.99 })
        {
            Console.WriteLine(
                $"{100 * share,3:F0}th percentile {Median(off.Select(round => Percentile(round, share))),6:F1} ms without, {Median(on.Select(round => Percentile(round, share))),6:F1} ms with; " +
                $"ratio {Median(on.Zip(off, (one, other) => Percentile(one, share) / Percentile(other, share))):F2}");
        }
    }

    private static async Task<WebApplication> StartAsync(params string[] settings)
    {
        var app = EmotionStreamServer.Create(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", .. settings]);
        await app.StartAsync();
        return app;
    }

    private static RoomSource[] Enter(WebApplication app, byte[] picture) =>
        [.. Enumerable.Range(0, Sources).Select(_ => new RoomSource(app, Room, picture))];

    private static async Task<double[]> RunAsync(RoomSource[] sources) =>
        [.. (await Task.WhenAll(sources.Select(source => source.RunAsync(Frames)))).SelectMany(latencies => latencies)];
}
