using System.Diagnostics;

namespace EmotionStream.Fuzz;

/// <summary>Tries one target: makes inputs from those that came furthest, and judges what each does.</summary>
internal sealed class FuzzLoop(string name, int index, FuzzTarget target, Coverage coverage, LastInput last, FuzzLimits limits, string findings)
{
    // Of processor time: on a machine with other work a second of wall time says nothing.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(1);

    // More of them would tell nothing new.
    private const int MostFindings = 20;

    private const int MostKept = 500;
    private const int MostKeptBytes = 64 * 1024;

    private readonly List<byte[]> _kept = [.. target.Seeds];
    private readonly Mutator _mutator = new(new Random(limits.Seed), target.Words);
    private long _number;
    private int _failures;
    private int _hangs;

    /// <param name="done">Inputs that an earlier process has tried.</param>
    public async Task<FuzzReport> RunAsync(long done)
    {
        var branches = coverage.Branches;
        await TrySeedsAsync();
        _number = done;
        var began = Stopwatch.GetTimestamp();
        await TryUntilAsync(done + ((limits.Inputs - done) / 2), limits.Duration / 2);
        await target.CountLeaksAsync();
        var (heap, resident, descriptors) = (Heap(), Environment.WorkingSet, Descriptors());
        await TryUntilAsync(limits.Inputs, limits.Duration / 2);

        // Sockets and files are closed behind a finalizer at the latest; what the runtime itself opens meanwhile is no leak.
        var leaked = await target.CountLeaksAsync();
        var heapAfter = Heap();
        leaked += Math.Max(0, Descriptors() - descriptors - 8);
        return new FuzzReport(
            name, _number, Stopwatch.GetElapsedTime(began).TotalSeconds, coverage.Branches - branches, _kept.Count - target.Seeds.Count, _failures, _hangs,
            leaked, heap, heapAfter, resident, Environment.WorkingSet);
    }

    private async Task TrySeedsAsync()
    {
        foreach (var seed in target.Seeds)
        {
            await TryAsync(0, seed);
        }
    }

    /// <summary>Tries at least one input: on a busy machine the time may be over before it began.</summary>
    private async Task TryUntilAsync(long inputs, TimeSpan duration)
    {
        var began = Stopwatch.GetTimestamp();
        do
        {
            await TryAsync(_number, target.Make(Any(), Any(), _mutator, _number));
            _number++;
        }
        while (_number < inputs && Stopwatch.GetElapsedTime(began) < duration);
    }

    private byte[] Any() => _kept[_mutator.Random.Next(_kept.Count)];

    private async Task TryAsync(long number, byte[] input)
    {
        last.Begin(index, number + 1, input);
        coverage.Clear();
        var problem = await JudgeAsync(input);
        if (coverage.TakeNew() && input.Length <= MostKeptBytes && _kept.Count < MostKept + target.Seeds.Count)
        {
            _kept.Add(input);
        }

        if (problem is not null)
        {
            _failures++;
            Keep(input, number, problem);
        }

        last.End();
    }

    private async Task<string?> JudgeAsync(byte[] input)
    {
        var (problem, slow) = await MeasureAsync(input);
        // Once more, since a compiler or a collector at work may have been the slow one.
        if (slow && (await MeasureAsync(input)).Slow)
        {
            _hangs++;
            Keep(input, last.Inputs, $"took more than {Hang.TotalSeconds} s of processor time");
        }

        return problem;
    }

    private async Task<(string? Problem, bool Slow)> MeasureAsync(byte[] input)
    {
        var before = Environment.CpuUsage.TotalTime;
        try
        {
            return (await target.TryAsync(input), Environment.CpuUsage.TotalTime - before > Hang);
        }
        catch (Exception problem)
        {
            return (problem.ToString(), false);
        }
    }

    private void Keep(byte[] input, long number, string problem)
    {
        if (_failures + _hangs > MostFindings)
        {
            return;
        }

        var path = Path.Combine(findings, FormattableString.Invariant($"{name}-{number}"));
        File.WriteAllBytes(path, input);
        File.WriteAllText(path + ".txt", problem);
        Console.WriteLine($"{name}: {problem.Split('\n')[0]} ({path})");
    }

    private static long Heap()
    {
        for (var round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static int Descriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;
}
