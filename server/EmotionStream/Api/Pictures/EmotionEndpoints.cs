using EmotionStream.Api.Reference;
using EmotionStream.Contracts;
using EmotionStream.Faces.Stills;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace EmotionStream.Api.Pictures;

/// <summary>`/Emotion`: a picture in, the main face's percentages out.</summary>
internal static class EmotionEndpoints
{
    private const string Field = "image";

    public static void MapEmotion(this IEndpointRouteBuilder endpoints)
    {
        var limits = endpoints.ServiceProvider.GetRequiredService<IOptions<StillsOptions>>().Value;
        endpoints.MapGet("/Emotion", () => Results.Text(Usage(limits)))
            .Describe("Compatible", "Says how to use POST /Emotion.")
            .Produces<string>(contentType: "text/plain");
        endpoints.MapPost("/Emotion", MeasureAsync)
            .WithMetadata(new RequestSizeLimitAttribute(limits.MaxRequestBytes))
            .WithProblems()
            .Describe("Compatible", "Tells the main face's percentages.", 400, 413, 415, 422, 429, 503)
            .WithDescription("The main face is the one with the highest score times area. Several pictures are answered as `{\"results\": [...]}`, one entry each. Contempt counts as disgust.")
            .TakesPictures(Field, limits)
            .Produces<SevenReading>();
    }

    /// <summary>One picture's answer stands alone; of several each has its own, or its problem, in their order.</summary>
    private static async Task<IResult> MeasureAsync(HttpRequest request, PictureRequest pictures, CountedPictures counted, StillService stills)
    {
        var measured = await stills.MeasureAsync(counted.CountAsync(pictures.ReadAsync(request, Field), request.HttpContext), request.HttpContext.RequestAborted);
        object[] answers = [.. measured.Select(still => (object?)SevenReadings.OfMainFace(still) ?? still.Refusal ?? Refusals.NoFace)];
        if (answers.All(answer => answer is Refusal))
        {
            throw new RefusedException((Refusal)answers[0]);
        }

        return Results.Ok(answers is [var only]
            ? only
            : new { results = answers.Select(answer => answer is Refusal refusal ? StillProblem.Of(refusal) : answer) });
    }

    private static string Usage(StillsOptions limits) => $$"""
        POST a picture (JPEG, PNG or WebP) as multipart/form-data in the field 'image':

          curl -F image=@face.jpg http://HOST/Emotion

        The answer is what the main face (the one with the highest score times area) appears to show, in percent:

          {"region": {...}, "face_confidence": 0.93, "emotion": {"angry": 0.1, ..., "neutral": 2.3}, "dominant_emotion": "happy"}

        Several fields 'image' give {"results": [...]}, one entry each. Contempt counts as disgust; /api/v1/images has it apart, and more.
        At most {{limits.MaxPictures}} pictures of {{limits.MaxBytes / 1_000_000}} MB and {{limits.MaxPixels / 1_000_000}} million pixels each. Pictures are not kept.

        """;
}
