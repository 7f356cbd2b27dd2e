using EmotionStream.Tests.Kit;

namespace EmotionStream.Benchmarks;

/// <summary>What a soaked server held at one moment, and how it answered since the moment before.</summary>
/// <param name="Rate">Frames measured a second.</param>
/// <param name="P99">Milliseconds from a frame's sending to its answer.</param>
/// <param name="Cores">Processor time of the server a second.</param>
internal sealed record SoakSample(TimeSpan At, ProcessFigures Server, double Rate, double P99, double Cores)
{
    public const string Header = "seconds,resident_mb,heap_mb,handles,threads,sessions,buffers,rooms,frames_per_second,p99_ms,server_cores";

    public string Csv() => FormattableString.Invariant(
        $"{At.TotalSeconds:F0},{Server.Resident / 1e6:F1},{Server.Heap / 1e6:F1},{Server.Handles},{Server.Threads},{Server.Sessions},{Server.Buffers},{Server.Rooms},{Rate:F1},{P99:F1},{Cores:F2}");

    /// <summary>How much resident memory grows, in percent of its mean an hour: the slope of the line that fits the samples best.</summary>
    public static double GrowthPerHour(IReadOnlyList<SoakSample> samples)
    {
        var (time, memory) = (samples.Average(sample => sample.At.TotalHours), samples.Average(sample => sample.Server.Resident));
        var spread = samples.Sum(sample => Math.Pow(sample.At.TotalHours - time, 2));
        return 100 * samples.Sum(sample => (sample.At.TotalHours - time) * (sample.Server.Resident - memory)) / spread / memory;
    }
}
