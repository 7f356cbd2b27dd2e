using EmotionStream.Contracts;
using EmotionStream.Faces;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Pipeline;
using Microsoft.Extensions.Options;

namespace EmotionStream.Videos;

/// <summary>Works off the uploaded clips, one after the other, on a thread of low priority.</summary>
internal sealed partial class VideoWorker(
    VideoJobs jobs, PictureAnalyzerFactory analyzers, VisionOptions vision, EmotionModel model, IOptions<VideosOptions> options,
    TimeProvider time, ILogger<VideoWorker> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => OwnThread.RunLowAsync("videos", () => Work(stoppingToken));

    private void Work(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                Step(jobs.Waiting.ReadAsync(stopping).AsTask().GetAwaiter().GetResult(), stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    /// <summary>Measures one clip; whatever goes wrong with it ends with that clip.</summary>
    private void Step(VideoJob job, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        ending.CancelAfter(options.Value.TimeLimit);
        Refusal? problem;
        try
        {
            job.Begin();
            problem = Measure(job, ending.Token);
        }
        catch (RefusedException refused)
        {
            problem = refused.Refusal;
        }
        catch (OperationCanceledException)
        {
            problem = stopping.IsCancellationRequested ? Refusals.VideoInterrupted : Refusals.VideoTooLong;
        }
        catch (Exception exception)
        {
            LogClipFailed(exception);
            problem = Refusals.VideoFailed;
        }

        job.End(problem, time.GetTimestamp());
    }

    private Refusal? Measure(VideoJob job, CancellationToken cancellation)
    {
        if (job.IsCanceled)
        {
            return Refusals.VideoRemoved;
        }

        var settings = vision.Copy();
        settings.WorkingSide = options.Value.WorkingSide;
        using var decoder = new ClipDecoder(job.File.Path, job.Format, options.Value, cancellation);
        using var analyzer = analyzers.ForPictures(settings);
        using var clip = new Clip(decoder, analyzer, model, settings, options.Value.FramesPerSecond, time);
        while (!job.IsCanceled && clip.Next(cancellation) is { } frame)
        {
            job.Add(frame, decoder.Length);
        }

        cancellation.ThrowIfCancellationRequested();
        return job.IsCanceled ? Refusals.VideoRemoved : job.Status.Frames > 0 ? null : Refusals.VideoUndecodable;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A clip was lost to an error of the server")]
    private partial void LogClipFailed(Exception exception);
}
