using EmotionStream.Corrections;
using EmotionStream.Faces.Emotion;
using EmotionStream.Learning;
using EmotionStream.Tests.Kit;
using Microsoft.Extensions.DependencyInjection;
using static EmotionStream.Benchmarks.Percentiles;

namespace EmotionStream.Benchmarks;

/// <summary>What retraining costs live streams: their latency without it and while one retraining follows the other.</summary>
internal static class LearningBenchmark
{
    private const int Rounds = 7;
    private const int Sources = 4;
    private const int Frames = 60;
    private const int Corrections = 200;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("es-learning-");
        var picture = TestPictures.GrainyFace("neutral");
        await using var app = EmotionStreamServer.Create(
            ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", $"--Storage:DataDirectory={folder.FullName}"]);
        await app.StartAsync();
        await KeepAsync(app.Services);
        var learning = app.Services.GetRequiredService<LearningService>();
        RoomSource[] sources = [.. Enumerable.Range(0, Sources).Select(_ => new RoomSource(app, "benchmark", picture))];
        await RunAsync(sources);

        var (alone, learned) = (new List<double[]>(), new List<double[]>());
        var trainings = 0;
        for (var round = 0; round < Rounds; round++)
        {
            alone.Add(await RunAsync(sources));
            using var enough = new CancellationTokenSource();
            var training = RetrainAsync(learning, enough.Token);
            learned.Add(await RunAsync(sources));
            await enough.CancelAsync();
            trainings += await training;
        }

        await app.StopAsync();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
        Console.WriteLine($"{Sources} sources at 15 frames a second; {Rounds} alternating rounds of {Sources * Frames} frames; median of the rounds");
        Print("no retraining", alone);
        Print("retraining", learned);
        Console.WriteLine(
            $"ratio of medians {Median(Ratios(0.5)):F2}, of 99th percentiles {Median(Ratios(0.99)):F2} by round, " +
            $"{Percentile([.. learned.SelectMany(round => round)], 0.99) / Percentile([.. alone.SelectMany(round => round)], 0.99):F2} over all frames; {trainings} retrainings of {Corrections} corrections");

        IEnumerable<double> Ratios(double share) => learned.Zip(alone, (with, without) => Percentile(with, share) / Percentile(without, share));
    }

    private static async Task KeepAsync(IServiceProvider services)
    {
        var model = services.GetRequiredService<EmotionModel>();
        var random = new Random(1);
        for (var i = 0; i < Corrections; i++)
        {
            Half[] embedding = [.. Enumerable.Range(0, model.Shape.EmbeddingSize).Select(_ => (Half)random.NextSingle())];
            await services.GetRequiredService<CorrectionStore>().AddAsync(
                new Correction($"c{i:000}", i, $"person {i % 20}", "camera", model.File.Sha256, i % EmotionReading.Labels, 0, embedding), Corrections, CancellationToken.None);
        }
    }

    /// <summary>Retrains until it is enough and tells how often.</summary>
    private static async Task<int> RetrainAsync(LearningService learning, CancellationToken enough)
    {
        var count = 0;
        for (; !enough.IsCancellationRequested; count++)
        {
            await learning.Start();
        }

        return count;
    }

    private static async Task<double[]> RunAsync(RoomSource[] sources) =>
        [.. (await Task.WhenAll(sources.Select(source => source.RunAsync(Frames)))).SelectMany(latencies => latencies)];

    private static void Print(string what, List<double[]> rounds) =>
        Console.WriteLine(
            $"{what,-15} {Median(rounds.Select(round => Percentile(round, 0.5))),6:F1} ms median, " +
            $"{Median(rounds.Select(round => Percentile(round, 0.99))),6:F1} ms 99th percentile, " +
            $"{100 * Median(rounds.Select(round => round.Length / (double)(Sources * Frames))),5:F1} % of the frames measured");
}
