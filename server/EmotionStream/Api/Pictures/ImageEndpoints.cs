using System.ComponentModel;
using EmotionStream.Api.Corrections;
using EmotionStream.Api.Reference;
using EmotionStream.Archive;
using EmotionStream.Contracts;
using EmotionStream.Corrections;
using EmotionStream.Faces;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Stills;
using EmotionStream.Sessions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace EmotionStream.Api.Pictures;

/// <summary>Measures the faces of uploaded pictures.</summary>
internal static class ImageEndpoints
{
    private const string Field = "image";

    public static IServiceCollection AddPictures(this IServiceCollection services)
    {
        services.AddValidated<FetchOptions, FetchOptionsValidator>(FetchOptions.Section);
        return services
            .AddSingleton<PictureFetcher>()
            .AddSingleton<PictureTexts>()
            .AddSingleton<PictureRequest>()
            .AddSingleton<CountedPictures>()
            .AddSingleton<AnalyzeReader>();
    }

    public static void MapImages(this IEndpointRouteBuilder endpoints)
    {
        var limits = endpoints.ServiceProvider.GetRequiredService<IOptions<StillsOptions>>().Value;
        endpoints.MapPost("/api/v1/images", MeasureAsync)
            .WithMetadata(new RequestSizeLimitAttribute(limits.MaxRequestBytes))
            .WithProblems()
            .Describe("Pictures", "Measures the faces of one picture or of many.", 400, 401, 403, 413, 415, 422, 429, 503)
            .WithDescription("Each picture stands in its own field `image`; their order is kept. One that can't be read spoils no other: it has a `problem` in its place, and only a request without any readable picture is refused.")
            .TakesPictures(Field, limits)
            .Produces<StillReadingList>();
    }

    private static async Task<IResult> MeasureAsync(
        HttpRequest request, PictureRequest pictures, CountedPictures counted, StillService stills, StillFaces correctable, ArchiveService archives,
        [Description("Also tells where in each face the dominant label was seen.")] bool heatmap = false,
        [Description("Also gives each face a token, with which its sender can say what it showed.")] bool correct = false,
        [Description("Also holds, for as long as its token counts, the crop of a face that is alone in its picture: for the bearer, a contributor who has opted in to the face archive.")] bool archive = false)
    {
        var context = request.HttpContext;
        var measured = await stills.MeasureAsync(counted.CountAsync(pictures.ReadAsync(request, Field), context), context.RequestAborted);
        // Checked last, so that a withdrawal in the meantime counts.
        var archivist = archive ? await ArchivistAsync(context, archives) : null;
        return measured.All(picture => picture.Refusal is not null)
            ? Problems.Of(measured[0].Refusal!, context)
            : Results.Ok(new StillReadingList(
                EmotionLabels.All,
                [.. measured.Select((picture, index) => Read(picture, index, heatmap, correct && correctable.AreOfUse ? correctable : null, archivist))],
                correctable.AreOfUse));
    }

    /// <summary>The contributor for whom crops may be held; null where they have not opted in.</summary>
    private static async Task<string?> ArchivistAsync(HttpContext context, ArchiveService archives)
    {
        var contributor = Contributors.Require(context);
        return await archives.MayHoldAsync(contributor, context.RequestAborted) ? contributor : null;
    }

    private static StillReading Read(Still still, int index, bool withHeatmap, StillFaces? correctable, string? archivist) => new(
        index, still.Picture.Width, still.Picture.Height, Faces(still.Picture, withHeatmap, correctable, archivist), still.Picture.Durations.ToTimings(),
        still.Refusal is { } refusal ? StillProblem.Of(refusal) : null);

    private static StillFace[] Faces(Picture picture, bool withHeatmap, StillFaces? correctable, string? archivist)
    {
        var faces = Readings.Still(picture, withHeatmap);
        return correctable is null ? faces
            : [.. faces.Select((face, i) => face with { CorrectionToken = correctable.Keep(picture[i].Reading, face.Dominant, CropOf(picture, archivist)) })];
    }

    /// <summary>Only of a lone face: nobody else in the picture has agreed.</summary>
    private static FaceCrop? CropOf(Picture picture, string? archivist) =>
        archivist is not null && picture.FaceCount == 1 ? new FaceCrop(archivist, picture[0].Pixels) : null;
}
