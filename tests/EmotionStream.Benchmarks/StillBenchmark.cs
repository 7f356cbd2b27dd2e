using System.Diagnostics;
using System.Net.Http.Json;
using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.Builder;
using static EmotionStream.Benchmarks.Percentiles;

namespace EmotionStream.Benchmarks;

/// <summary>Stills over HTTP: what one costs, what many in one request save, and what a flood of them costs those who stream.</summary>
/// <remarks>The client runs in the same process on the same cores, so a part of what shows is its own.</remarks>
internal static class StillBenchmark
{
    private const int Singles = 150;
    private const int Many = 100;
    private const int Rounds = 5;
    private const int Sources = 2;
    private const int Frames = 60;
    private static readonly Uri Images = new("/api/v1/images", UriKind.Relative);

    public static async Task RunAsync()
    {
        var picture = TestPictures.GrainyFace("neutral");
        await using var app = EmotionStreamServer.Create(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        for (var i = 0; i < Singles; i++)
        {
            await PostAsync(http, picture, 1);
        }

        Console.WriteLine($"640x480 JPEG of {picture.Length / 1000} KB with one face, over HTTP on the same machine");
        await MeasureOneAsync(http, picture);
        await MeasureManyAsync(http, picture);
        await MeasureFloodAsync(app, http, picture);
        await app.StopAsync();
    }

    private static async Task MeasureOneAsync(HttpClient http, byte[] picture)
    {
        List<double> took = [], stages = [], outside = [];
        for (var i = 0; i < Singles; i++)
        {
            var from = TimeProvider.System.GetTimestamp();
            var timings = (await PostAsync(http, picture, 1)).Images[0].Timings;
            took.Add(TimeProvider.System.GetElapsedTime(from).TotalMilliseconds);
            stages.Add(timings.Decode + timings.Detect + timings.Infer);
            outside.Add(1 - (stages[^1] / took[^1]));
        }

        Console.WriteLine(
            $"one still: {Median(took):F2} ms median, {Percentile([.. took], 0.95):F2} ms 95th percentile; decode, detect and emotion {Median(stages):F2} ms, " +
            $"outside of them {100 * Median(outside):F1} %");
    }

    private static async Task MeasureManyAsync(HttpClient http, byte[] picture)
    {
        List<Cost> together = [], singly = [];
        for (var round = 0; round < Rounds; round++)
        {
            together.Add(await CostAsync(() => PostAsync(http, picture, Many)));
            singly.Add(await CostAsync(async () =>
            {
                for (var i = 0; i < Many; i++)
                {
                    await PostAsync(http, picture, 1);
                }
            }));
        }

        Print($"{Many} in one request", together);
        Print($"{Many} requests of one", singly);
        Console.WriteLine($"one request is {Median(singly.Zip(together, (single, one) => single.Seconds / one.Seconds)):F2} times as fast");
    }

    private static async Task MeasureFloodAsync(WebApplication app, HttpClient http, byte[] picture)
    {
        RoomSource[] sources = [.. Enumerable.Range(0, Sources).Select(_ => new RoomSource(app, "stills", picture))];
        await RunAsync(sources);
        List<double[]> alone = [], flooded = [];
        List<double> stills = [];
        for (var round = 0; round < Rounds; round++)
        {
            alone.Add(await RunAsync(sources));
            using var end = new CancellationTokenSource();
            var (flood, from) = (FloodAsync(http, picture, end.Token), TimeProvider.System.GetTimestamp());
            flooded.Add(await RunAsync(sources));
            await end.CancelAsync();
            stills.Add(await flood / TimeProvider.System.GetElapsedTime(from).TotalSeconds);
        }

        Print("no stills", alone);
        Print("a flood of stills", flooded);
        Console.WriteLine(
            $"ratio of medians {Median(Ratios(0.5)):F2}, of 95th percentiles {Median(Ratios(0.95)):F2}; {Median(stills):F0} stills a second were measured meanwhile");

        IEnumerable<double> Ratios(double share) => flooded.Zip(alone, (with, without) => Percentile(with, share) / Percentile(without, share));
    }

    private static async Task<double[]> RunAsync(RoomSource[] sources) =>
        [.. (await Task.WhenAll(sources.Select(source => source.RunAsync(Frames)))).SelectMany(latencies => latencies)];

    /// <summary>Two clients that send twenty stills again and again; returns how many it was.</summary>
    private static async Task<int> FloodAsync(HttpClient http, byte[] picture, CancellationToken cancellation)
    {
        const int Twenty = 20;
        var clients = Enumerable.Range(0, 2).Select(async _ =>
        {
            var sent = 0;
            for (; !cancellation.IsCancellationRequested; sent += Twenty)
            {
                await PostAsync(http, picture, Twenty);
            }

            return sent;
        });
        return (await Task.WhenAll(clients)).Sum();
    }

    private static void Print(string what, List<double[]> rounds) =>
        Console.WriteLine(
            $"{what,-18} {Median(rounds.Select(round => Percentile(round, 0.5))),6:F1} ms median, {Median(rounds.Select(round => Percentile(round, 0.95))),6:F1} ms 95th percentile, " +
            $"{100 * Median(rounds.Select(round => round.Length / (double)(Sources * Frames))),5:F1} % of the frames of {Sources} sources measured");

    private static void Print(string what, List<Cost> rounds) =>
        Console.WriteLine(
            $"{what,-20} {Many / Median(rounds.Select(round => round.Seconds)),4:F0} stills a second; {1000 * Median(rounds.Select(round => round.ProcessorSeconds)) / Many:F2} ms of a core each, the client's part included");

    private static async Task<Cost> CostAsync(Func<Task> work)
    {
        var (from, before) = (TimeProvider.System.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
        await work();
        return new Cost(TimeProvider.System.GetElapsedTime(from).TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
    }


    private static async Task<StillReadingList> PostAsync(HttpClient http, byte[] picture, int times)
    {
        using var form = new MultipartFormDataContent();
        for (var i = 0; i < times; i++)
        {
            form.Add(new ByteArrayContent(picture), "image", "face.jpg");
        }

        using var reply = await http.PostAsync(Images, form);
        reply.EnsureSuccessStatusCode();
        var readings = (await reply.Content.ReadFromJsonAsync<StillReadingList>())!;
        return readings.Images.Count == times && readings.Images.All(image => image.Faces.Count == 1)
            ? readings
            : throw new InvalidOperationException("A still was not measured.");
    }

    private readonly record struct Cost(double Seconds, double ProcessorSeconds);
}
