using EmotionStream.Contracts;
using EmotionStream.Videos;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace EmotionStream.Api.Videos;

/// <summary>Takes the clip out of a request into memory that another program can read, and nowhere else.</summary>
internal sealed class VideoUpload(VideoJobs jobs, IOptions<VideosOptions> options)
{
    private const string Field = "video";

    private readonly VideosOptions _limits = options.Value;

    /// <exception cref="RefusedException">The request has no clip that could be looked at, or the server no room or no means for it.</exception>
    public async Task<VideoJob> TakeAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!AnonymousFile.IsSupported || !ClipDecoder.IsInstalled(_limits.Ffmpeg))
        {
            throw new RefusedException(Refusals.NoFfmpeg);
        }

        var file = jobs.TryTakeFile() ?? throw new RefusedException(Refusals.TooManyVideos);
        try
        {
            await ReadAsync(request, file.Stream, cancellation);
            return jobs.Add(file, FormatOf(file.Stream));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private async Task ReadAsync(HttpRequest request, Stream file, CancellationToken cancellation)
    {
        _ = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        if (type is not null && (type.Type.Equals("video", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase)))
        {
            await CopyAsync(request.Body, file, cancellation);
            return;
        }

        var form = (type is null ? null : UploadForm.Of(request, type)) ?? throw new RefusedException(
            Refusals.UnsupportedMediaType($"Send multipart/form-data with a clip in the field '{Field}', or the clip as the body with its own type, such as video/mp4."));
        while (await form.NextAsync(cancellation) is { } part)
        {
            if (part.Name == Field)
            {
                await UploadForm.GuardAsync(async () =>
                {
                    await CopyAsync(part.Content, file, cancellation);
                    return true;
                });
                return;
            }
        }

        throw new RefusedException(Refusals.NoVideo(Field));
    }

    private async Task CopyAsync(Stream from, Stream to, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await from.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (to.Length + read > _limits.MaxBytes)
            {
                throw new RefusedException(Refusals.VideoTooLarge(_limits.MaxBytes));
            }

            to.Write(buffer, 0, read);
        }
    }

    private static string FormatOf(Stream file)
    {
        Span<byte> head = stackalloc byte[ClipFormat.Head];
        file.Position = 0;
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return length == 0
            ? throw new RefusedException(Refusals.EmptyVideo)
            : ClipFormat.Of(head[..length]) ?? throw new RefusedException(Refusals.NotAVideo);
    }
}
