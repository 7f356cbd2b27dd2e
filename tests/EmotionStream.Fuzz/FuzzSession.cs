using System.Diagnostics;

namespace EmotionStream.Fuzz;

/// <summary>Tries targets one after the other in this process, which an input may end.</summary>
internal static class FuzzSession
{
    // For what waits for ever. What computes is caught by its processor time, see FuzzLoop.
    private const int PatienceSeconds = 60;

    /// <summary>True if every target was sound.</summary>
    public static async Task<bool> RunAsync(string[] names, long from, FuzzLimits limits, LastInput last, string findings)
    {
        var coverage = new Coverage();
        var watch = new HangWatch(last);
        await using var seconds = new Timer(_ => watch.Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
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

    /// <summary>Ends the process when an input takes too long. Counts its own looks: the clock of a machine that was paused jumps.</summary>
    private sealed class HangWatch(LastInput last)
    {
        private (long Input, long BeganAt) _seen;
        private int _looks;

        public void Look()
        {
            var now = (last.Inputs, last.BeganAt);
            _looks = now.BeganAt > 0 && now == _seen ? _looks + 1 : 0;
            _seen = now;
            if (_looks >= PatienceSeconds)
            {
                Process.GetCurrentProcess().Kill();
            }
        }
    }
}
