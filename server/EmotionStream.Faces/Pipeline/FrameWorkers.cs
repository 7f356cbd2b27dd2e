using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Keeps one worker a core busy with the session that has stood in line the longest.</summary>
/// <remarks>
/// On threads of their own: on the pool's, a worker would come to its turn after everything that the sockets have to do, so a burst of messages
/// would keep the server from measuring frames, just when it has the most to do.
/// </remarks>
internal sealed partial class FrameWorkers(
    ReadyQueue ready, PictureAnalyzerFactory analyzers, VisionOptions vision, IOptions<PipelineOptions> options, IHostApplicationLifetime lifetime,
    ILogger<FrameWorkers> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.WorkersOrDefault).Select(_ => OwnThread.RunAsync("frames", () => Work(stoppingToken))));

    private void Work(CancellationToken cancellation)
    {
        try
        {
            using var analyzer = analyzers.ForFrames(vision);
            while (true)
            {
                var lane = ready.Next(cancellation);
                if (lane.TryBegin())
                {
                    analyzer.Process(lane.Picture, cancellation);
                }
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
