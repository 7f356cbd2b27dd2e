using SharpFuzz;

namespace EmotionStream.Fuzz;

/// <summary>A copy of this program whose server counts the branches that it takes.</summary>
/// <remarks>Only what differs is copied, the rest is linked; this program's own files too, since the host follows links to where they lead.</remarks>
internal static class InstrumentedCopy
{
    private const string Own = "EmotionStream.Fuzz";

    // Contracts has next to no branches.
    private static readonly string[] Instrumented = ["EmotionStream.dll", "EmotionStream.Faces.dll"];

    /// <summary>Makes the copy; returns the program in it.</summary>
    public static string Make()
    {
        var from = AppContext.BaseDirectory;
        var to = Path.Combine(from, "instrumented");
        if (Directory.Exists(to))
        {
            Directory.Delete(to, recursive: true);
        }

        Directory.CreateDirectory(to);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos().Where(entry => entry.FullName != to))
        {
            var copy = Path.Combine(to, entry.Name);
            if (entry is DirectoryInfo)
            {
                Directory.CreateSymbolicLink(copy, entry.FullName);
            }
            else if (Instrumented.Contains(entry.Name) || entry.Name.StartsWith(Own, StringComparison.Ordinal))
            {
                File.Copy(entry.FullName, copy);
            }
            else
            {
                File.CreateSymbolicLink(copy, entry.FullName);
            }
        }

        foreach (var assembly in Instrumented)
        {
            Fuzzer.Instrument(Path.Combine(to, assembly), _ => true, Options.Value);
        }

        return Path.Combine(to, Own + ".dll");
    }
}
