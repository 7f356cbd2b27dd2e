using System.Globalization;

namespace EmotionStream.Edge;

/// <summary>How many connections there may be, so that the process never runs out of file descriptors: .NET ends a process that has none left.</summary>
internal static class Descriptors
{
    private const string Limits = "/proc/self/limits";

    // With its models loaded and its database open, a server without any connection has 311.
    private const int OwnUse = 400;

    private const int Fewest = 32;

    /// <summary>What connections may take of this process's limit; null where the system does not tell the limit.</summary>
    public static int? ForConnections() => File.Exists(Limits) ? ForConnections(File.ReadLines(Limits)) : null;

    /// <summary>The same, of the lines of the system's file: "Max open files   1024   524288   files"; the first number counts.</summary>
    public static int? ForConnections(IEnumerable<string> limits) =>
        limits.FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal)) is { } line
        && int.TryParse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], CultureInfo.InvariantCulture, out var most)
            ? Math.Max(Fewest, most - OwnUse)
            : null;
}
