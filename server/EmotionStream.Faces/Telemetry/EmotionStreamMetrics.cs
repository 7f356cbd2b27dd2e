using System.Diagnostics.Metrics;
using System.Text.Json;
using EmotionStream.Contracts;

namespace EmotionStream.Faces.Telemetry;

/// <summary>Owns every instrument of the server; callers say what happened and never touch a counter.</summary>
/// <remarks>Tag values come from short fixed lists. Session ids belong in logs: as tags they would grow without bound.</remarks>
internal sealed class EmotionStreamMetrics : IDisposable
{
    public const string MeterName = "EmotionStream";
    public const string FrameLatency = "emotionstream.frame.latency";

    // Frames take single milliseconds, a queue under load up to a second; batches are powers of two.
    private static readonly InstrumentAdvice<double> Seconds =
        new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] };

    private static readonly InstrumentAdvice<int> Faces = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64] };

    private static readonly KeyValuePair<string, object?>[] ReasonTags =
        [.. Enum.GetValues<RejectionReason>().Select(reason => Tag("reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString())))];

    private readonly Meter _meter;
    private readonly Counter<long> _received;
    private readonly Counter<long> _measured;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _failed;
    private readonly Histogram<double> _stage;
    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _latency;
    private readonly UpDownCounter<long> _sessions;
    private readonly Counter<long> _stills;
    private readonly Counter<long> _historyWritten;
    private readonly Counter<long> _historyDropped;
    private readonly Counter<long> _handoversRefused;

    public EmotionStreamMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _received = _meter.CreateCounter<long>("emotionstream.frames.received", "{frame}", "Frames that arrived, whatever became of them.");
        _measured = _meter.CreateCounter<long>("emotionstream.frames.measured", "{frame}", "Frames answered with readings.");
        _dropped = _meter.CreateCounter<long>("emotionstream.frames.dropped", "{frame}", "Frames answered with a rejection, by reason.");
        _failed = _meter.CreateCounter<long>("emotionstream.frames.failed", "{frame}", "Frames on which the server itself failed.");
        _stage = _meter.CreateHistogram<double>("emotionstream.stage.duration", "s", "Time one frame, or one batch for infer, spent in a stage.", advice: Seconds);
        _batch = _meter.CreateHistogram<int>("emotionstream.batch.size", "{face}", "Faces in one run of the emotion model.", advice: Faces);
        _latency = _meter.CreateHistogram<double>(FrameLatency, "s", "From a frame's arrival to its reading.", advice: Seconds);
        _sessions = _meter.CreateUpDownCounter<long>("emotionstream.sessions.active", "{session}", "Sessions, waiting for their sender's return included.");
        _stills = _meter.CreateCounter<long>("emotionstream.stills.ended", "{picture}", "Uploaded pictures that were measured or refused, by outcome.");
        _historyWritten = _meter.CreateCounter<long>("emotionstream.history.written", "{reading}", "Readings that the database has confirmed.");
        _historyDropped = _meter.CreateCounter<long>("emotionstream.history.dropped", "{reading}", "Readings that found the backlog full.");
        _handoversRefused = _meter.CreateCounter<long>(
            "emotionstream.handovers.refused", "{session}", "What other servers of a cluster left and was altered, or of another key or version.");
    }

    /// <summary>An uploaded picture is done with.</summary>
    /// <param name="outcome">measured, or the word that its sender was refused with.</param>
    public void StillEnded(string outcome) => _stills.Add(1, Tag("outcome", outcome));

    public void HandoverRefused() => _handoversRefused.Add(1);

    public void FrameReceived() => _received.Add(1);

    public void FrameMeasured(TimeSpan latency)
    {
        _measured.Add(1);
        _latency.Record(latency.TotalSeconds);
    }

    public void FrameDropped(RejectionReason reason) => _dropped.Add(1, ReasonTags[(int)reason]);

    public void FrameFailed() => _failed.Add(1);

    public void StageTook(string stage, TimeSpan duration) =>
        _stage.Record(duration.TotalSeconds, Tag("stage", stage));

    public void BatchRan(int faces) => _batch.Record(faces);

    public void SessionBegan() => _sessions.Add(1);

    public void SessionEnded() => _sessions.Add(-1);

    public void HistoryWritten(int readings) => _historyWritten.Add(readings);

    public void HistoryDropped() => _historyDropped.Add(1);

    /// <summary>Shows a value that lives elsewhere, read whenever somebody looks.</summary>
    public void Observe(string name, string unit, string description, Func<long> value) =>
        _meter.CreateObservableGauge(name, value, unit, description);

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
