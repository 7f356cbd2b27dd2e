using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Keeps one worker a core busy with the session that has stood in line the longest.</summary>
internal sealed partial class FrameWorkers(
    ReadyQueue ready, PictureAnalyzerFactory analyzers, VisionOptions vision, IOptions<PipelineOptions> options, IHostApplicationLifetime lifetime,
    ILogger<FrameWorkers> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.WorkersOrDefault).Select(_ => Task.Run(() => WorkAsync(stoppingToken), stoppingToken)));

    private async Task WorkAsync(CancellationToken cancellation)
    {
        try
        {
            using var analyzer = analyzers.ForFrames(vision);
            while (true)
            {
                var lane = await ready.NextAsync(cancellation);
                if (lane.TryBegin())
                {
                    await analyzer.ProcessAsync(lane.Picture, cancellation);
                }

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

    [LoggerMessage(Level = LogLevel.Critical, Message = "A frame worker died, so the server stops")]
    private partial void LogWorkerDied(Exception exception);
}
