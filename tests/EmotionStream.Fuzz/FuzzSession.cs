using System.Diagnostics;

namespace EmotionStream.Fuzz;

/// <summary>Tries targets one after the other in this process, which an input may end.</summary>
internal static class FuzzSession
{
    // Of wall time, for what waits for ever. What computes is caught by its processor time, see FuzzLoop.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>True if every target was sound.</summary>
    public static async Task<bool> RunAsync(string[] names, long from, FuzzLimits limits, LastInput last, string findings)
    {
        var coverage = new Coverage();
        await using var watch = new Timer(_ => EndIfHanging(last), null, Patience, TimeSpan.FromSeconds(1));
        var sound = true;
        foreach (var (index, name) in names.Index())
        {
            await using var target = await FuzzTargets.CreateAsync(name);
            var report = await new FuzzLoop(name, index, target, coverage, last, limits, findings).RunAsync(index == 0 ? from : 0);
            Console.WriteLine(report);
            sound &= report.IsSound;
        }

        return sound;
    }

    private static void EndIfHanging(LastInput last)
    {
        if (last.BeganAt is > 0 and var began && Environment.TickCount64 - began > Patience.TotalMilliseconds)
        {
            Process.GetCurrentProcess().Kill();
        }
    }
}
