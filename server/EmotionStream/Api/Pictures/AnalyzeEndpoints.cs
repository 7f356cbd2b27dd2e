using EmotionStream.Api.Reference;
using EmotionStream.Contracts;
using EmotionStream.Faces.Stills;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace EmotionStream.Api.Pictures;

/// <summary>`/analyze` as the DeepFace API has it (serengil/deepface, deepface/api/src), for clients that were written for it.</summary>
internal static class AnalyzeEndpoints
{
    private const string Field = "img";

    public static void MapAnalyze(this IEndpointRouteBuilder endpoints)
    {
        var limits = endpoints.ServiceProvider.GetRequiredService<IOptions<StillsOptions>>().Value;
        endpoints.MapPost("/analyze", AnswerAsync)
            .WithMetadata(new RequestSizeLimitAttribute(limits.MaxRequestBytes))
            .Describe("Compatible", "Tells every face's percentages, as the DeepFace API does.", 400, 413, 429, 503)
            .WithDescription("Errors also have DeepFace's `error` or `exception`. A list of pictures is answered with a list of lists. Of DeepFace's actions there is `emotion` only; its other settings are accepted and change nothing.")
            .TakesBody(body =>
            {
                var actions = EndpointDescriptions.Text("emotion; others are refused.");
                var enforce = new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "Whether a picture without a face is an error (true) or taken for a face as a whole (false)." };
                body["application/json"] = EndpointDescriptions.Form(Field, EndpointDescriptions.Text("data:image/...;base64,... or a list of them."), ("actions", actions), ("enforce_detection", enforce));
                body["multipart/form-data"] = EndpointDescriptions.Form(Field, EndpointDescriptions.Binary(), ("actions", actions), ("enforce_detection", enforce));
            })
            .Produces<AnalyzeReply>();
    }

    /// <summary>Problem details that also have the word in which DeepFace's clients look for what went wrong.</summary>
    private static async Task<IResult> AnswerAsync(HttpRequest request, AnalyzeReader reader, CountedPictures counted, StillService stills)
    {
        try
        {
            return await AnalyzeAsync(request, reader, counted, stills);
        }
        catch (Exception problem) when (Problems.Describe(problem) is { } described)
        {
            // DeepFace answers 400 to all that is wrong with a picture; what is no fault of the picture stays what it is.
            var status = described.Status is StatusCodes.Status415UnsupportedMediaType or StatusCodes.Status422UnprocessableEntity ? StatusCodes.Status400BadRequest : described.Status;
            var missing = described.Code == "no_picture";
            return Problems.Of(
                described with { Status = status }, request.HttpContext,
                (missing ? "exception" : "error", missing ? described.Detail : $"Exception while analyzing: {described.Detail}"));
        }
    }

    private static async Task<IResult> AnalyzeAsync(HttpRequest request, AnalyzeReader reader, CountedPictures counted, StillService stills)
    {
        using var analyze = await reader.ReadAsync(request, Field);
        // The form's fields may stand behind its pictures, so what was asked for is known only now.
        var pictures = await stills.MeasureAsync(counted.CountAsync(analyze.Pictures, request.HttpContext), request.HttpContext.RequestAborted, wholeWhenEmpty: true);
        analyze.Settings.Check();
        foreach (var picture in pictures)
        {
            if (picture.Refusal is { } refusal)
            {
                throw new RefusedException(refusal);
            }

            if (analyze.Settings.EnforceDetection && picture.Picture.Faces.Any(sample => sample.Face.Face.Score == 0))
            {
                throw new RefusedException(Refusals.NoFaceToAnalyze);
            }
        }

        return Results.Ok(new AnalyzeReply(analyze.Settings.IsList || pictures.Count > 1 ? (object)pictures.Select(SevenReadings.Of) : SevenReadings.Of(pictures[0])));
    }
}
