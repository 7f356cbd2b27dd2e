using System.ComponentModel;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using EmotionStream.Api.Reference;
using EmotionStream.Contracts;
using EmotionStream.Videos;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace EmotionStream.Api.Videos;

/// <summary>Clips: handed in, followed while they are worked on, fetched as a time line.</summary>
internal static class VideoEndpoints
{
    private const string Address = "/api/v1/videos";
    private const string Heading = "Videos";

    // Beside the clip a form has a few hundred bytes of its own.
    private const int FormBytes = 64 * 1024;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    public static IServiceCollection AddVideoUpload(this IServiceCollection services) => services.AddSingleton<VideoUpload>();

    public static void MapVideos(this IEndpointRouteBuilder endpoints)
    {
        var limits = endpoints.ServiceProvider.GetRequiredService<IOptions<VideosOptions>>().Value;
        endpoints.MapPost(Address, TakeAsync)
            .WithMetadata(new RequestSizeLimitAttribute(limits.MaxBytes + FormBytes))
            .WithProblems()
            .Describe(Heading, "Takes a clip, to be measured in the background.", 400, 413, 415, 501, 503)
            .WithDescription(
                $"MP4, WebM or MJPEG of at most {limits.MaxBytes / 1_000_000} MB, {limits.MaxPixels / 1_000_000} million pixels a picture; its first {limits.MaxLength.TotalMinutes:0.#} minutes are looked at, " +
                $"{limits.FramesPerSecond} pictures a second. At most {limits.MaxWaiting} clips wait; a result is kept for {limits.KeepFor.TotalMinutes:0.#} minutes. The clip stays in memory and is forgotten when it has been measured.")
            .TakesBody(body =>
            {
                body["multipart/form-data"] = EndpointDescriptions.Form("video", EndpointDescriptions.Binary());
                body["video/*"] = new OpenApiMediaType { Schema = EndpointDescriptions.Binary() };
            })
            .Produces<VideoStatus>(StatusCodes.Status202Accepted);
        endpoints.MapGet(Address + "/{id}", (string id, VideoJobs jobs) => Find(jobs, id).Status)
            .WithProblems()
            .Describe(Heading, "Tells how far the work on a clip has come.", 404);
        endpoints.MapGet(Address + "/{id}/events", (string id, VideoJobs jobs, CancellationToken cancellation) => TypedResults.ServerSentEvents(WatchAsync(Find(jobs, id), cancellation)))
            .WithProblems()
            .Describe(Heading, "The same as server-sent events `progress`, until it is done or has failed.", 404)
            .Produces<VideoStatus>(contentType: "text/event-stream");
        endpoints.MapGet(Address + "/{id}/timeline", Timeline)
            .WithProblems()
            .Describe(Heading, "The clip's readings over time, as JSON or CSV.", 400, 404, 409)
            .Produces<VideoTimeline>();
        endpoints.MapDelete(Address + "/{id}", Remove)
            .WithProblems()
            .Describe(Heading, "Stops the work on a clip and forgets its result.", 404)
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> TakeAsync(HttpRequest request, VideoUpload upload)
    {
        var job = await upload.TakeAsync(request, request.HttpContext.RequestAborted);
        return Results.Accepted($"{Address}/{job.Id}", job.Status);
    }

    private static IResult Timeline(
        string id, VideoJobs jobs, IOptions<VideosOptions> options, [Description("json or csv.")] string format = "json")
    {
        var job = Find(jobs, id);
        if (format is not ("json" or "csv"))
        {
            throw new RefusedException(Refusals.Bad("format", "The format is json or csv."));
        }

        if (job.Status.State != VideoState.Done)
        {
            throw new RefusedException((job.Problem ?? Refusals.VideoNotDone) with { Status = StatusCodes.Status409Conflict });
        }

        return format == "csv"
            ? Results.Text(VideoCsv.Of(job.Frames), VideoCsv.ContentType)
            : Results.Ok(new VideoTimeline(job.Id, EmotionLabels.All, options.Value.FramesPerSecond, job.Frames));
    }

    private static IResult Remove(string id, VideoJobs jobs)
    {
        jobs.Remove(Find(jobs, id));
        return Results.NoContent();
    }

    private static VideoJob Find(VideoJobs jobs, string id) =>
        jobs.Find(id) ?? throw new RefusedException(Refusals.UnknownVideo);

    private static async IAsyncEnumerable<SseItem<VideoStatus>> WatchAsync(VideoJob job, [EnumeratorCancellation] CancellationToken cancellation)
    {
        VideoStatus? told = null;
        while (true)
        {
            var status = job.Status;
            if (status != told)
            {
                yield return new SseItem<VideoStatus>(told = status, "progress");
            }

            if (status.State is VideoState.Done or VideoState.Failed)
            {
                yield break;
            }

            await Task.Delay(LookEvery, cancellation);
        }
    }
}
