using EmotionStream.Benchmarks;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Chaos;

/// <summary>Watches a server's other people before, during and after a fault, and looks what is left of it.</summary>
internal static class FaultRunner
{
    private const int Settling = 5;

    // The runtime opens a few of its own meanwhile: for timers, name resolution, compiled code.
    private const int SpareHandles = 12;

    public static async Task<FaultReport> RunAsync(Fault fault, double scale, TimeSpan watched)
    {
        try
        {
            await using var ground = await fault.PrepareAsync();
            return await RunAsync(fault, ground, scale, watched);
        }
        catch (Exception problem)
        {
            return new FaultReport(fault.Name, "could not be tried", double.NaN, double.NaN, 0, [problem.ToString()]);
        }
    }

    private static async Task<FaultReport> RunAsync(Fault fault, Ground ground, double scale, TimeSpan watched)
    {
        List<string> problems = [];
        await Task.Delay(TimeSpan.FromSeconds(Settling));
        var before = await WatchAsync(ground, watched);
        var figures = await ground.FiguresAsync();
        var did = "";
        try
        {
            var running = fault.RunAsync(ground, scale);
            await Task.WhenAll(running, Task.Delay(watched));
            did = await running;
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            problems.Add(problem.Message);
        }

        var meanwhile = ground.TakeLatencies();
        problems.AddRange(await CheckReleasedAsync(ground, figures));
        ground.TakeLatencies();
        var after = await WatchAsync(ground, watched);
        problems.AddRange(await ground.EndOthersAsync());
        problems.AddRange(await CheckHistoryAsync(ground));
        return new FaultReport(
            fault.Name, did, Percentiles.Percentile([.. before, .. after], 0.99), meanwhile.Length == 0 ? double.PositiveInfinity : Percentiles.Percentile(meanwhile, 0.99),
            meanwhile.Length, problems);
    }

    private static async Task<double[]> WatchAsync(Ground ground, TimeSpan watched)
    {
        ground.TakeLatencies();
        await Task.Delay(watched);
        return ground.TakeLatencies();
    }

    private static async Task<List<string>> CheckReleasedAsync(Ground ground, ProcessFigures before)
    {
        ProcessFigures? now = null;
        try
        {
            await Ground.UntilAsync(
                async () =>
                {
                    now = await ground.FiguresAsync();
                    return now.Sessions == before.Sessions && now.Rooms == before.Rooms && now.Buffers <= 2 * before.Sessions && now.Handles <= before.Handles + SpareHandles;
                },
                "everything to be released");
            return [];
        }
        catch (Exception problem) when (problem is ChaosException or HttpRequestException or IOException)
        {
            return [$"{problem.Message}: {before}, now {now}"];
        }
    }

    /// <summary>Written is what the database has confirmed; so many have to be there.</summary>
    private static async Task<List<string>> CheckHistoryAsync(Ground ground)
    {
        try
        {
            var (written, kept) = await ground.CountHistoryAsync();
            return kept >= written && written > 0 ? [] : [$"{written} readings were written, {kept} are there"];
        }
        catch (Exception problem) when (problem is ChaosException or HttpRequestException or TaskCanceledException)
        {
            return [problem.Message];
        }
    }
}
