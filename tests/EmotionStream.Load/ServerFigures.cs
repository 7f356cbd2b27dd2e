using System.Globalization;

namespace EmotionStream.Load;

/// <summary>What the server says of itself.</summary>
/// <param name="ProcessorSeconds">Since it started, as is <paramref name="AllocatedBytes"/>.</param>
internal sealed record ServerFigures(double ProcessorSeconds, double AllocatedBytes, double ResidentBytes)
{
    public static async Task<ServerFigures> ReadAsync(Uri server)
    {
        using var http = new HttpClient { BaseAddress = server };
        var lines = (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n');
        return new ServerFigures(
            Sum("dotnet_process_cpu_time_seconds_total"), Sum("dotnet_gc_heap_total_allocated_bytes_total"), Sum("dotnet_process_memory_working_set_bytes"));

        double Sum(string name) => lines.Where(line => line.StartsWith(name + "{", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
    }
}
