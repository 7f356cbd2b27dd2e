using System.Diagnostics.Metrics;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Telemetry;
using Microsoft.Extensions.Options;

namespace EmotionStream.Cluster;

/// <summary>Measures how full this server is.</summary>
internal sealed partial class ServerLoad : IDisposable
{
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly MeterListener _answers = new();
    private readonly ReadyQueue _ready;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Fullness _fullness;
    private long _measuredAt;
    private TimeSpan _processorUsed;
    private long _answerTicks;
    private int _answered;

    public ServerLoad(IOptions<ClusterOptions> options, ReadyQueue ready, IMeterFactory meters, TimeProvider time, ILogger<ServerLoad> logger)
    {
        (_ready, _time, _logger) = (ready, time, logger);
        _fullness = new Fullness(options.Value.FullProcessor, options.Value.FullAnswer);
        (_measuredAt, _processorUsed) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
        _answers.InstrumentPublished = (instrument, listener) =>
        {
            // Of this server: tests have several in one process.
            if (instrument.Name == EmotionStreamMetrics.FrameLatency && instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _answers.SetMeasurementEventCallback<double>((_, seconds, _, _) => Answered(seconds));
        _answers.Start();
    }

    public bool IsFull => _fullness.IsFull;

    /// <summary>To compare servers by, none of which is full: frames in line first, then what is left of the processor.</summary>
    public double Value => _fullness.Value + _fullness.Processor;

    public void Measure()
    {
        var wasFull = IsFull;
        var (now, used) = (_time.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var share = (used - _processorUsed) / _time.GetElapsedTime(_measuredAt, now) / Environment.ProcessorCount;
        (_measuredAt, _processorUsed) = (now, used);
        _fullness.Add(_ready.Count, Math.Min(share, 1), MeanAnswer());
        if (IsFull && !wasFull)
        {
            LogFull(_fullness.Value, _fullness.Processor);
        }
        else if (wasFull && !IsFull)
        {
            LogRoom();
        }
    }

    public void Dispose() => _answers.Dispose();

    private void Answered(double seconds)
    {
        Interlocked.Add(ref _answerTicks, (long)(seconds * TimeSpan.TicksPerSecond));
        Interlocked.Increment(ref _answered);
    }

    private TimeSpan MeanAnswer()
    {
        // An answer that comes between the two counts half for this tenth of a second and half for the next.
        var ticks = Interlocked.Exchange(ref _answerTicks, 0);
        return Interlocked.Exchange(ref _answered, 0) is var answered and > 0 ? TimeSpan.FromTicks(ticks / answered) : TimeSpan.Zero;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server is full, at {Value:F2} of what it can do and with {Processor:P0} of its processors used: new senders go elsewhere")]
    private partial void LogFull(double value, double processor);

    [LoggerMessage(Level = LogLevel.Information, Message = "The server has room again")]
    private partial void LogRoom();
}
