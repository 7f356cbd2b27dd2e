using System.Diagnostics.Metrics;
using EmotionStream.Contracts;
using EmotionStream.Faces.Telemetry;
using EmotionStream.History;
using EmotionStream.Storage;
using EmotionStream.Telemetry;
using EmotionStream.Tests.Kit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EmotionStream.Tests.History;

/// <summary>The history's parts over a real database, put together as the server does, with the writer's steps in the test's hand.</summary>
internal sealed class HistoryKit : IAsyncDisposable
{
    private readonly ServiceProvider _telemetry = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Database _database;
    private readonly EmotionStreamMetrics _metrics;

    public HistoryKit(TestDatabase place, HistoryOptions? options = null, TimeProvider? time = null, int? maxMegabytes = null)
    {
        var settings = Options.Create(options ?? new HistoryOptions { Enabled = true });
        settings.Value.Enabled = true;
        // At the beginning of 1970, so that nothing is too old unless a test says so.
        Time = time ?? new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        _database = place.Open(maxMegabytes);
        _metrics = new EmotionStreamMetrics(_telemetry.GetRequiredService<IMeterFactory>());
        Queue = new HistoryQueue(settings, _metrics);
        Reader = new HistoryReader(_database);
        Writer = new HistoryWriter(Queue, new HistoryStore(_database), _database, settings, Degradations, _metrics, Time, Logs);
    }

    public TimeProvider Time { get; }

    public HistoryQueue Queue { get; }

    public HistoryReader Reader { get; }

    public HistoryWriter Writer { get; }

    public Degradations Degradations { get; } = new();

    public CountedLogs Logs { get; } = new();

    /// <summary>Counts what the instrument of that name counts from now on.</summary>
    public MetricCollector<long> Count(string instrument) =>
        new(_telemetry.GetRequiredService<IMeterFactory>(), EmotionStreamMetrics.MeterName, instrument);

    public HistorySource Source(string room, string person, string? name = null, string owner = "owner", TimeSpan interval = default) =>
        new(room, person, () => name, owner, interval, Queue, Time);

    /// <summary>A reading of a label, with the rest spread over the others.</summary>
    public static FaceReading Reading(string label, float share = 0.65f, string face = "1")
    {
        var emotions = EmotionLabels.All.Select(other => other == label ? share : (1 - share) / 7).ToArray();
        return new FaceReading(face, [0, 0, 1, 1], null, 1, 0, emotions, emotions, label, share, 0, 0, null);
    }

    public Task StepAsync() => Writer.StepAsync(TestContext.Current.CancellationToken);

    public async Task<List<HistoryReading>> ReadAsync(HistoryScope scope, long from = 0, long to = long.MaxValue, long stepMs = 0)
    {
        List<HistoryReading> readings = [];
        await foreach (var reading in Reader.ReadAsync(new HistoryQuery(scope, from, to, stepMs), TestContext.Current.CancellationToken))
        {
            readings.Add(reading);
        }

        return readings;
    }

    public async ValueTask DisposeAsync()
    {
        Writer.Dispose();
        _metrics.Dispose();
        await _database.DisposeAsync();
        await _telemetry.DisposeAsync();
    }

    internal sealed class CountedLogs : ILogger<HistoryWriter>
    {
        public List<(LogLevel Level, string Text)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((logLevel, formatter(state, exception)));
    }
}
