using EmotionStream.Api.Reference;
using EmotionStream.Contracts;
using EmotionStream.Corrections;
using EmotionStream.Faces.Emotion;
using EmotionStream.Learning;
using EmotionStream.Models;
using EmotionStream.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace EmotionStream.Api.Learning;

/// <summary>What is learned from corrections: the operator retrains, promotes, rolls back and uploads models.</summary>
internal static class LearningEndpoints
{
    private const string Tag = "Learning";
    private const int MaxVersions = 100;

    public static void MapLearning(this IEndpointRouteBuilder endpoints)
    {
        var maxModelBytes = endpoints.ServiceProvider.GetRequiredService<IOptions<FeedbackOptions>>().Value.MaxModelBytes;
        var own = endpoints.MapGroup("/api/v1").WithProblems().AddEndpointFilter(OperatorAccess.AdmitAsync);
        own.MapGet("/learning", ReportAsync).Audited("learning.read", onlyRefusals: true).Describe(Tag, "What runs, how far a retraining is, and every version with its figures.", 401, 403, 503).Produces<LearningReport>();
        own.MapPost("/learning/retrain", Retrain).Audited("learning.retrain").Describe(Tag, "Begins to retrain in the background.", 401, 403, 409).Produces(StatusCodes.Status202Accepted);
        own.MapPost("/learning/versions/{id}/promote", PromoteAsync).Audited("model.promote")
            .Describe(Tag, "Lets a version that has passed its test run.", 401, 403, 404, 409, 422, 503).Produces(StatusCodes.Status204NoContent);
        own.MapPost("/learning/rollback", RollBackAsync).Audited("model.rollback")
            .Describe(Tag, "Goes back to what ran before the last promotion.", 401, 403, 409, 422, 503).Produces(StatusCodes.Status204NoContent);
        own.MapPost("/models", UploadAsync).Audited("model.upload").WithMetadata(new RequestSizeLimitAttribute(maxModelBytes))
            .Describe(Tag, "Takes in an emotion model, an ONNX file as body, after trying it out.", 400, 401, 403, 413, 422, 503)
            .TakesBody(body => body["application/octet-stream"] = new OpenApiMediaType { Schema = EndpointDescriptions.Binary() })
            .Produces<VersionReport>(StatusCodes.Status201Created);
    }

    private static IResult Retrain(LearningService learning)
    {
        _ = learning.Start();
        return Results.Accepted("/api/v1/learning");
    }

    private static async Task<IResult> PromoteAsync(long id, ModelVersions versions, CancellationToken cancellation)
    {
        await versions.PromoteAsync(id, cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> RollBackAsync(ModelVersions versions, CancellationToken cancellation)
    {
        await versions.RollBackAsync(cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> ReportAsync(
        HttpContext http, LearningService learning, ModelVersions versions, VersionStore store, CorrectionStore corrections, Database database, EmotionModel model)
    {
        var holds = database.MayHoldData;
        var all = holds ? await store.ListAsync(MaxVersions, http.RequestAborted) : [];
        var kept = holds ? await corrections.CountAsync(new CorrectionFilter(), http.RequestAborted) : 0;
        var active = versions.Active?.Id ?? 0;
        return Results.Ok(new LearningReport(
            learning.Unavailable(), learning.State, EmotionLabels.All, kept, active,
            new ConfiguredModel(model.File.Name, model.File.Sha256, learning.ShippedFigures()),
            [.. all.Select(version => new VersionReport(
                version.Id, version.At, version.Kind, version.File, version.ModelSha256, version.Refusal, version.Id == active, version.Figures))]));
    }

    private static async Task<IResult> UploadAsync(HttpContext http, ModelUploads uploads, ModelVersions versions, string name = "model.onnx", bool activate = false)
    {
        if (name.Length > 100 || name.Any(char.IsControl))
        {
            throw new RefusedException(Refusals.Bad("name", "A model's name has at most 100 characters and no control characters."));
        }

        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
        var version = await uploads.AddAsync(bytes.ToArray(), Path.GetFileName(name), http.RequestAborted);
        if (activate)
        {
            await versions.PromoteAsync(version.Id, http.RequestAborted);
        }

        return Results.Created(
            "/api/v1/learning",
            new VersionReport(version.Id, version.At, version.Kind, version.File, version.ModelSha256, version.Refusal, activate, version.Figures));
    }
}
