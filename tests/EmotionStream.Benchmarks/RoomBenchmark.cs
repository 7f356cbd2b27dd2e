using EmotionStream.Tests.Kit;
using static EmotionStream.Benchmarks.Percentiles;

namespace EmotionStream.Benchmarks;

/// <summary>What viewers cost those whom they watch: a source's latency with nobody watching, and with 200 viewers of which 20 never read.</summary>
/// <remarks>
/// Rounds alternate in one process. The viewers' own half of the sockets runs on the same cores, so a part of what shows is theirs.
/// </remarks>
internal static class RoomBenchmark
{
    private const int Rounds = 7;
    private const int Sources = 4;
    private const int Frames = 60;
    private const int Viewers = 200;
    private const int Deaf = 20;
    private const string Room = "benchmark";

    public static async Task RunAsync()
    {
        var picture = TestPictures.GrainyFace("neutral");
        await using var app = EmotionStreamServer.Create(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]);
        await app.StartAsync();
        RoomSource[] sources = [.. Enumerable.Range(0, Sources).Select(_ => new RoomSource(app, Room, picture))];
        await RunAsync(sources);

        var (alone, watched) = (new List<double[]>(), new List<double[]>());
        var updates = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            alone.Add(await RunAsync(sources));
            await using var crowd = await RoomCrowd.GatherAsync(new Uri(app.Urls.First()), Room, Viewers, Deaf);
            var (before, from) = (crowd.Updates, TimeProvider.System.GetTimestamp());
            watched.Add(await RunAsync(sources));
            updates.Add((crowd.Updates - before) / TimeProvider.System.GetElapsedTime(from).TotalSeconds);
        }

        await app.StopAsync();
        Console.WriteLine($"{Sources} sources at 15 frames a second; {Rounds} alternating rounds of {Sources * Frames} frames; median of the rounds");
        Print("nobody watches", alone);
        Print($"{Viewers} viewers, {Deaf} deaf", watched);
        Console.WriteLine($"ratio of medians {Median(Ratios(0.5)):F2}, of 95th percentiles {Median(Ratios(0.95)):F2}; {Median(updates):F0} updates a second were read");

        IEnumerable<double> Ratios(double share) => watched.Zip(alone, (with, without) => Percentile(with, share) / Percentile(without, share));
    }

    private static async Task<double[]> RunAsync(RoomSource[] sources) =>
        [.. (await Task.WhenAll(sources.Select(source => source.RunAsync(Frames)))).SelectMany(latencies => latencies)];

    private static void Print(string what, List<double[]> rounds) =>
        Console.WriteLine(
            $"{what,-22} {Median(rounds.Select(round => Percentile(round, 0.5))),6:F1} ms median, " +
            $"{Median(rounds.Select(round => Percentile(round, 0.95))),6:F1} ms 95th percentile, " +
            $"{100 * Median(rounds.Select(round => round.Length / (double)(Sources * Frames))),5:F1} % of the frames measured");
}
