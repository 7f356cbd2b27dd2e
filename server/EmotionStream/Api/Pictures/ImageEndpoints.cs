using EmotionStream.Contracts;
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
            .WithProblems();
    }

    private static async Task<IResult> MeasureAsync(HttpRequest request, PictureRequest pictures, StillDesk desk, bool heatmap = false)
    {
        var context = request.HttpContext;
        var measured = await desk.MeasureAsync(pictures.ReadAsync(request, Field), context.RequestAborted);
        return measured.All(picture => picture.Refusal is not null)
            ? Problems.Of(measured[0].Refusal!.Value, context)
            : Results.Ok(new StillReadingList(EmotionLabels.All, [.. measured.Select((picture, index) => Read(picture, index, heatmap))]));
    }

    private static StillReading Read(StillPicture picture, int index, bool withHeatmap) => new(
        index, picture.Width, picture.Height, StillReadings.Of(picture, withHeatmap), picture.Timings,
        picture.Refusal is { } refusal ? StillProblems.Describe(refusal) : null);
}
