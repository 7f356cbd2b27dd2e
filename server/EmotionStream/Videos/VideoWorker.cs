using EmotionStream.Contracts;
using EmotionStream.Faces;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Stills;
using Microsoft.Extensions.Options;

namespace EmotionStream.Videos;

/// <summary>Works off the uploaded clips, one after the other, on a thread of low priority.</summary>
internal sealed partial class VideoWorker(
    VideoJobs jobs, FaceDetectorModel detector, VisionOptions vision, EmotionModel model, SampleQueue samples, IOptions<VideosOptions> options,
    TimeProvider time, ILogger<VideoWorker> logger) : BackgroundService
{
    private static readonly StillProblem Removed = new("removed", "The clip was removed.");
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var ended = new TaskCompletionSource();
        new Thread(() =>
        {
            Work(stoppingToken);
            ended.SetResult();
        })
        { IsBackground = true, Name = "videos" }.Start();
        try
        {
            using var timer = new PeriodicTimer(SweepEvery, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                jobs.Sweep();
            }
        }
        catch (OperationCanceledException)
        {
        }

        await ended.Task;
    }

    private void Work(CancellationToken stopping)
    {
        LowPriority.Take();
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
    internal void Step(VideoJob job, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        ending.CancelAfter(options.Value.TimeLimit);
        StillProblem? problem;
        try
        {
            job.Begin();
            problem = Measure(job, ending.Token);
        }
        catch (ClipException refused)
        {
            problem = new StillProblem(refused.Code, refused.Message);
        }
        catch (OperationCanceledException)
        {
            problem = stopping.IsCancellationRequested
                ? new StillProblem("busy", "The server is stopping.")
                : new StillProblem("too_long", "The work on this clip took longer than this server allows.");
        }
        catch (Exception exception)
        {
            LogClipFailed(exception);
            problem = new StillProblem("failed", "The server failed on this clip.");
        }

        job.End(problem, time.GetTimestamp());
    }

    private StillProblem? Measure(VideoJob job, CancellationToken cancellation)
    {
        if (job.IsCancelled)
        {
            return Removed;
        }

        var settings = vision.Copy();
        settings.WorkingSide = options.Value.WorkingSide;
        using var decoder = new ClipDecoder(job.File.Path, job.Format, options.Value, cancellation);
        using var pipeline = new ClipPipeline(detector, settings, model, samples, options.Value.FramesPerSecond);
        var image = new GreyImage();
        while (!job.IsCancelled && decoder.TryRead(image))
        {
            job.Add(pipeline.Measure(image, cancellation), decoder.Length);
        }

        cancellation.ThrowIfCancellationRequested();
        return job.IsCancelled ? Removed
            : job.Status.Frames > 0 ? null
            : new StillProblem("undecodable", "The clip has no picture that can be decoded.");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A clip was lost to an error of the server")]
    private partial void LogClipFailed(Exception exception);
}
