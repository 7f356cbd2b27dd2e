using System.Globalization;
using System.Text.RegularExpressions;

namespace EmotionStream.Tests.Kit;

/// <summary>What a server process holds at one moment: what the kernel says of it, and what it says itself.</summary>
/// <param name="Resident">Bytes of memory.</param>
/// <param name="Heap">Bytes of managed objects after the last collection.</param>
/// <param name="Handles">Open files and sockets.</param>
/// <param name="Buffers">Frame buffers that are lent out.</param>
internal sealed partial record ProcessFigures(long Resident, long Heap, int Handles, int Threads, int Sessions, int Buffers, int Rooms, double Measured, double ProcessorSeconds)
{
    /// <param name="http">A client of the server's own machine.</param>
    public static async Task<ProcessFigures> ReadAsync(int process, HttpClient http)
    {
        var text = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return new ProcessFigures(
            StatusOf(process, "VmRSS:") * 1024, (long)Sum(text, "dotnet_gc_last_collection_heap_size_bytes"), Directory.GetFileSystemEntries($"/proc/{process}/fd").Length,
            (int)StatusOf(process, "Threads:"), (int)Sum(text, "emotionstream_sessions_active"), (int)Sum(text, "emotionstream_frames_buffered"),
            (int)Sum(text, "emotionstream_rooms_active"), Sum(text, "emotionstream_frames_measured_total"), Sum(text, "dotnet_process_cpu_time_seconds_total"));
    }

    private static long StatusOf(int process, string name) => long.Parse(
        Digits().Match(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(name, StringComparison.Ordinal))).Value, CultureInfo.InvariantCulture);

    /// <summary>All series of a name; an instrument that nobody has used yet has none.</summary>
    private static double Sum(string text, string name) => Regex.Matches(text, $@"^{name}(?:\{{[^}}]*\}})? (\S+)", RegexOptions.Multiline)
        .Sum(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
