using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Keeps one worker a core busy with whichever session has stood in line the longest.</summary>
internal sealed partial class FrameWorkers(
    ReadyQueue ready, Func<FramePipeline> createPipeline, IOptions<PipelineOptions> options, Telemetry.EmotionStreamMetrics metrics,
    IHostApplicationLifetime lifetime, ILogger<FrameWorkers> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.WorkersOrDefault).Select(_ => Task.Run(() => WorkAsync(stoppingToken), stoppingToken)));

    /// <summary>Processes one lane's frame; whatever goes wrong with it ends with that frame.</summary>
    internal async ValueTask StepAsync(FrameLane lane, FramePipeline pipeline, CancellationToken cancellation)
    {
        try
        {
            await pipeline.ProcessAsync(lane, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            metrics.FrameFailed();
            LogFrameFailed(exception);
            lane.Fail();
        }
    }

    private async Task WorkAsync(CancellationToken cancellation)
    {
        try
        {
            using var pipeline = createPipeline();
            while (true)
            {
                var lane = await ready.NextAsync(cancellation);
                await StepAsync(lane, pipeline, cancellation);
                // Workers share the pool's threads with the sockets: between two frames everybody else gets a turn.
                await Task.Yield();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            LogWorkerDied(exception);
            lifetime.StopApplication();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A frame was lost to an error of the server")]
    private partial void LogFrameFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Critical, Message = "A frame worker died, so the server stops")]
    private partial void LogWorkerDied(Exception exception);
}
