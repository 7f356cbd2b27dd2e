using EmotionStream.Faces.Pipeline;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Stills;

/// <summary>Works off the uploaded pictures on threads of their own, which run where the frames' workers leave a core idle.</summary>
internal sealed partial class StillWorkers(
    StillQueue stills, PictureAnalyzerFactory analyzers, VisionOptions frames, IOptions<StillsOptions> options, IHostApplicationLifetime lifetime,
    ILogger<StillWorkers> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Waiting pictures are refused at once: the sender can still be told.
        using var closing = stoppingToken.Register(stills.Close);
        await Task.WhenAll(Enumerable.Range(0, options.Value.WorkersOrDefault).Select(_ => OwnThread.RunLowAsync("stills", () => Work(stoppingToken))));
    }

    private void Work(CancellationToken cancellation)
    {
        try
        {
            using var analyzer = analyzers.ForPictures(options.Value.Vision(frames));
            while (OwnThread.Wait(stills.Reader.WaitToReadAsync(CancellationToken.None)))
            {
                while (stills.Reader.TryRead(out var still))
                {
                    if (still.IsAbandoned)
                    {
                        still.Answer(PictureOutcome.Busy);
                    }
                    else
                    {
                        analyzer.Process(still.Picture, cancellation);
                    }
                }
            }
        }
        catch (Exception exception)
        {
            LogWorkerDied(exception);
            lifetime.StopApplication();
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "A worker for pictures died, so the server stops")]
    private partial void LogWorkerDied(Exception exception);
}
