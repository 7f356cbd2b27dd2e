using System.Diagnostics;

namespace EmotionStream.Chaos.Faults;

/// <summary>Runs the system's own programs.</summary>
internal static class Shell
{
    /// <exception cref="ChaosException">It failed.</exception>
    public static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new ChaosException($"{program} failed: {said}");
        }
    }
}
