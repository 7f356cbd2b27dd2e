using System.ComponentModel;
using EmotionStream.Api.Reference;
using EmotionStream.Contracts;
using EmotionStream.Feedback;
using EmotionStream.Stills;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace EmotionStream.Api.Pictures;

/// <summary>Measures the faces of uploaded pictures.</summary>
internal static class ImageEndpoints
{
    private const string Field = "image";

    public static IServiceCollection AddPictures(this IServiceCollection services)
    {
        services.AddOptions<FetchOptions>().BindConfiguration(FetchOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<FetchOptions>, FetchOptionsValidator>()
            .AddSingleton<PictureFetcher>()
            .AddSingleton<PictureTexts>()
            .AddSingleton<PictureRequest>()
            .AddSingleton<AnalyzeReader>();
    }

    public static void MapImages(this IEndpointRouteBuilder endpoints)
    {
        var limits = endpoints.ServiceProvider.GetRequiredService<IOptions<StillsOptions>>().Value;
        endpoints.MapPost("/api/v1/images", MeasureAsync)
            .WithMetadata(new RequestSizeLimitAttribute(limits.MaxRequestBytes))
            .WithProblems()
            .Describe("Pictures", "Measures the faces of one picture or of many.", 400, 413, 415, 422, 503)
            .WithDescription("Each picture stands in its own field `image`; their order is kept. One that can't be read spoils no other: it has a `problem` in its place, and only a request without any readable picture is refused.")
            .TakesPictures(Field, limits)
            .Produces<StillReadingList>();
    }

    private static async Task<IResult> MeasureAsync(
        HttpRequest request, PictureRequest pictures, StillDesk desk, StillFaces correctable,
        [Description("Also tells where in each face the dominant label was seen.")] bool heatmap = false,
        [Description("Also gives each face a token, with which its sender can say what it showed.")] bool correct = false)
    {
        var context = request.HttpContext;
        var measured = await desk.MeasureAsync(pictures.ReadAsync(request, Field), context.RequestAborted);
        return measured.All(picture => picture.Refusal is not null)
            ? Problems.Of(measured[0].Refusal!.Value, context)
            : Results.Ok(new StillReadingList(
                EmotionLabels.All,
                [.. measured.Select((picture, index) => Read(picture, index, heatmap, correct && correctable.AreOfUse ? correctable : null))],
                correctable.AreOfUse));
    }

    private static StillReading Read(StillPicture picture, int index, bool withHeatmap, StillFaces? correctable) => new(
        index, picture.Width, picture.Height, Faces(picture, withHeatmap, correctable), picture.Timings,
        picture.Refusal is { } refusal ? StillProblems.Describe(refusal) : null);

    private static StillFace[] Faces(StillPicture picture, bool withHeatmap, StillFaces? correctable)
    {
        var faces = StillReadings.Of(picture, withHeatmap);
        return correctable is null ? faces
            : [.. faces.Select((face, i) => face with { CorrectionToken = correctable.Keep(picture.Faces[i].Reading, face.Dominant) })];
    }
}
