using EmotionStream.Faces.Pipeline;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Stills;

/// <summary>Works off the uploaded pictures on threads of their own, which run where the frames' workers leave a core idle.</summary>
internal sealed partial class StillWorkers(
    StillQueue pictures, SampleQueue samples, Func<StillPipeline> createPipeline, IOptions<StillsOptions> options,
    IHostApplicationLifetime lifetime, ILogger<StillWorkers> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Waiting pictures are refused at once: the sender can still be told.
        using var closing = stoppingToken.Register(pictures.Close);
        await Task.WhenAll(Enumerable.Range(0, options.Value.WorkersOrDefault).Select(_ => StartThread(stoppingToken)));
    }

    /// <summary>Measures one picture up to the emotion model; whatever goes wrong with it ends with that picture.</summary>
    internal void Step(StillPicture picture, StillPipeline pipeline, CancellationToken cancellation)
    {
        try
        {
            if (picture.IsAbandoned)
            {
                picture.Refuse(StillRefusal.Busy);
                return;
            }

            foreach (var sample in pipeline.Analyse(picture))
            {
                samples.AddStillAsync(sample, cancellation).AsTask().GetAwaiter().GetResult();
            }
        }
        catch (Exception exception)
        {
            var stopping = exception is OperationCanceledException;
            picture.Refuse(stopping ? StillRefusal.Busy : StillRefusal.Failed);
            if (!stopping)
            {
                LogPictureFailed(exception);
            }
        }
    }

    private Task StartThread(CancellationToken cancellation)
    {
        var ended = new TaskCompletionSource();
        new Thread(() =>
        {
            Work(cancellation);
            ended.SetResult();
        })
        { IsBackground = true, Name = "stills" }.Start();
        return ended.Task;
    }

    private void Work(CancellationToken cancellation)
    {
        try
        {
            LowPriority.Take();
            using var pipeline = createPipeline();
            while (pictures.Reader.WaitToReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult())
            {
                while (pictures.Reader.TryRead(out var picture))
                {
                    Step(picture, pipeline, cancellation);
                }
            }
        }
        catch (Exception exception)
        {
            LogWorkerDied(exception);
            lifetime.StopApplication();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A picture was lost to an error of the server")]
    private partial void LogPictureFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Critical, Message = "A worker for pictures died, so the server stops")]
    private partial void LogWorkerDied(Exception exception);
}
