using System.Diagnostics;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Benchmarks;

/// <summary>A server under 70 % of what it can take, for as long as asked: what it holds must not grow.</summary>
internal static class SoakRun
{
    private const double Load = 0.7;
    private const double MostGrowthPerHour = 3;

    // More than a camera has, so that the server is what limits.
    private const double Flood = 30;

    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Calibrating = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(10);

    /// <summary>Returns whether memory stayed; the samples go to soak.csv and soak.svg where it was started.</summary>
    public static async Task<bool> RunAsync(TimeSpan duration, int cameras)
    {
        // Made before anything is measured: ffmpeg takes processor time of its own.
        _ = TestClips.Mp4;
        var data = Directory.CreateTempSubdirectory("es-soak-");
        try
        {
            await using var server = await ServerProcess.StartAsync($"--Storage:DataDirectory={data.FullName}", "--History:Enabled=true");
            using var http = new HttpClient { BaseAddress = server.Address };
            await using var load = new SoakLoad(server.Address, cameras);
            var rate = Load * await CalibrateAsync(server, http, load) / cameras;
            await load.StartCamerasAsync(rate);
            await load.StartOthersAsync(rate);
            Console.WriteLine(FormattableString.Invariant($"{cameras} cameras of {rate:F1} frames a second"));
            var samples = await SampleAsync(server, http, load, duration);
            await File.WriteAllTextAsync("soak.svg", SoakPlot.Draw(samples));
            return Report(samples, duration, load);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    /// <summary>Frames a second that the server measures when cameras send as many as they are allowed to.</summary>
    private static async Task<double> CalibrateAsync(ServerProcess server, HttpClient http, SoakLoad load)
    {
        await load.StartCamerasAsync(Flood);
        var (before, began) = (await ProcessFigures.ReadAsync(server.Id, http), Stopwatch.GetTimestamp());
        await Task.Delay(Calibrating);
        var rate = ((await ProcessFigures.ReadAsync(server.Id, http)).Measured - before.Measured) / Stopwatch.GetElapsedTime(began).TotalSeconds;
        await load.StopCamerasAsync();
        Console.WriteLine(FormattableString.Invariant($"{rate:F0} frames a second at most"));
        return rate;
    }

    private static async Task<List<SoakSample>> SampleAsync(ServerProcess server, HttpClient http, SoakLoad load, TimeSpan duration)
    {
        List<SoakSample> samples = [];
        await using var csv = new StreamWriter("soak.csv") { AutoFlush = true };
        await csv.WriteLineAsync(SoakSample.Header);
        using var timer = new PeriodicTimer(SampleEvery);
        load.TakeLatencies();
        var (began, before, last) = (Stopwatch.GetTimestamp(), await ProcessFigures.ReadAsync(server.Id, http), TimeSpan.Zero);
        while (last < duration && await timer.WaitForNextTickAsync())
        {
            var (at, figures) = (Stopwatch.GetElapsedTime(began), await ProcessFigures.ReadAsync(server.Id, http));
            var seconds = (at - last).TotalSeconds;
            samples.Add(new SoakSample(
                at, figures, (figures.Measured - before.Measured) / seconds, Percentiles.Percentile(load.TakeLatencies(), 0.99),
                (figures.ProcessorSeconds - before.ProcessorSeconds) / seconds));
            await csv.WriteLineAsync(samples[^1].Csv());
            (before, last) = (figures, at);
        }

        return samples;
    }

    private static bool Report(List<SoakSample> samples, TimeSpan duration, SoakLoad load)
    {
        // A short try has settled after a sixth of it.
        var settled = samples.Where(sample => sample.At > (duration > Settling ? Settling : duration / 6)).ToList();
        var growth = SoakSample.GrowthPerHour(settled);
        var (first, last) = (settled[0], settled[^1]);
        Console.WriteLine(FormattableString.Invariant(
            $"{samples[^1].At.TotalMinutes:F0} minutes, {samples.Average(sample => sample.Rate):F0} frames a second measured, server at {samples.Average(sample => sample.Cores):F2} cores, {load.Uploads} uploads taken, {load.Refused} refused, p99 {samples.Max(sample => sample.P99):F0} ms at worst"));
        Console.WriteLine(FormattableString.Invariant(
            $"from minute {first.At.TotalMinutes:F0}: resident {first.Server.Resident / 1e6:F0} to {last.Server.Resident / 1e6:F0} MB, {growth:F1} % an hour; heap {first.Server.Heap / 1e6:F0} to {last.Server.Heap / 1e6:F0} MB; handles {first.Server.Handles} to {last.Server.Handles}, threads {first.Server.Threads} to {last.Server.Threads}, sessions {first.Server.Sessions} to {last.Server.Sessions}, buffers {first.Server.Buffers} to {last.Server.Buffers}"));
        return growth < MostGrowthPerHour;
    }
}
