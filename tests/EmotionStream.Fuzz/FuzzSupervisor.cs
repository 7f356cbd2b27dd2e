using System.Diagnostics;
using System.Globalization;

namespace EmotionStream.Fuzz;

/// <summary>Has another process try the inputs; when one ends it, keeps that input and goes on behind it.</summary>
internal sealed class FuzzSupervisor(string[] arguments, string findings)
{
    private const int MostCrashes = 10;

    /// <summary>True if no input broke anything.</summary>
    public async Task<bool> RunAsync(string[] targets)
    {
        var program = InstrumentedCopy.Make();
        var file = Path.Combine(Path.GetTempPath(), $"es-fuzz-{Environment.ProcessId}");
        try
        {
            return await RunAsync(program, targets, file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<bool> RunAsync(string program, string[] targets, string file)
    {
        var (sound, from) = (true, 0L);
        for (var crashes = 0; targets.Length > 0 && crashes < MostCrashes;)
        {
            var exit = await StartAsync(program, targets, from, file);
            sound &= exit == 0;
            if (exit is 0 or 1)
            {
                return sound;
            }

            using var last = LastInput.Open(file);
            var path = Path.Combine(findings, FormattableString.Invariant($"{targets[last.TargetIndex]}-crash-{last.Inputs}"));
            await File.WriteAllBytesAsync(path, last.Read());
            Console.WriteLine($"{targets[last.TargetIndex]}: input {last.Inputs} ended the process with {exit}, or hung it ({path})");
            (targets, from) = (targets[last.TargetIndex..], last.Inputs);
            crashes++;
        }

        return false;
    }

    private async Task<int> StartAsync(string program, string[] targets, long from, string file)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. targets, .. arguments.Where(IsOption), "--from", from.ToString(CultureInfo.InvariantCulture), "--last-input", file]);
        using var child = Process.Start(start)!;
        await child.WaitForExitAsync();
        return child.ExitCode;
    }

    /// <summary>What is no target's name: targets that are done are left out.</summary>
    private static bool IsOption(string argument) => !FuzzTargets.Names.Contains(argument);
}
