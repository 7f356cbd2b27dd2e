using EmotionStream.Faces.Emotion;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Keeps the emotion model busy with the faces of all sessions, stills and clips.</summary>
/// <remarks>There is no timer: while one batch runs the next one gathers, so the model's own running time is the batching window.</remarks>
internal sealed partial class InferenceLoop(
    SampleQueue samples, InferenceBatch batch, EmotionModel model, Readiness readiness, IHostApplicationLifetime lifetime, ILogger<InferenceLoop> logger)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => OwnThread.RunAsync("inference", () => Loop(stoppingToken));

    private void Loop(CancellationToken cancellation)
    {
        try
        {
            model.WarmUp();
            readiness.ModelsAreWarm();
            while (true)
            {
                samples.Wait(cancellation);
                batch.Run();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            LogLoopDied(exception);
            lifetime.StopApplication();
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The inference loop died, so the server stops")]
    private partial void LogLoopDied(Exception exception);
}
