using EmotionStream.Api.Reference;
using EmotionStream.Contracts;
using EmotionStream.Faces.Emotion;
using EmotionStream.Feedback;
using EmotionStream.Rooms;
using EmotionStream.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace EmotionStream.Api.Feedback;

/// <summary>Corrections and what is learned from them: people give and take back their own, the operator sees to the rest.</summary>
internal static class FeedbackEndpoints
{
    private const string Corrections = "Corrections";
    private const string Learned = "Learning";
    private const int MaxPage = 500;
    private const int MaxVersions = 100;

    // A correction has five short fields.
    private const int MaxCorrectionBytes = 4096;

    public static void MapFeedback(this IEndpointRouteBuilder endpoints)
    {
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<FeedbackOptions>>().Value;
        var open = endpoints.MapGroup("/api/v1").WithProblems();
        open.MapPost("/corrections", CorrectAsync).WithMetadata(new RequestSizeLimitAttribute(MaxCorrectionBytes))
            .Describe(Corrections, "Says what a face of the caller's own showed.", 400, 403, 404, 429, 503).Accepts<CorrectionRequest>("application/json").Produces<CorrectionKept>();
        open.MapGet("/corrections/mine", ListMineAsync)
            .Describe(Corrections, "What the contributor whose secret is the bearer has given.", 401, 503).Produces<CorrectionPage>();
        open.MapDelete("/corrections/mine", EraseMineAsync)
            .Describe(Corrections, "Erases what that contributor has given.", 401, 503).Produces<CorrectionsErased>();
        MapOperators(open.MapGroup("").AddEndpointFilter(AdmitOperatorAsync), options.MaxModelBytes);
    }

    private static void MapOperators(RouteGroupBuilder own, int maxModelBytes)
    {
        own.MapGet("/corrections", ListAsync).Describe(Corrections, "All corrections, the newest first.", 401, 403, 503).Produces<CorrectionPage>();
        own.MapDelete("/corrections", EraseAsync).Describe(Corrections, "Erases one correction, a contributor's, or all.", 400, 401, 403, 503).Produces<CorrectionsErased>();
        own.MapGet("/learning", ReportAsync).Describe(Learned, "What runs, how far a retraining is, and every version with its figures.", 401, 403, 503).Produces<LearningReport>();
        own.MapPost("/learning/retrain", Retrain).Describe(Learned, "Begins to retrain in the background.", 401, 403, 409).Produces(StatusCodes.Status202Accepted);
        own.MapPost("/learning/versions/{id}/promote", PromoteAsync)
            .Describe(Learned, "Lets a version that has passed its test run.", 401, 403, 404, 409, 422, 503).Produces(StatusCodes.Status204NoContent);
        own.MapPost("/learning/rollback", RollBackAsync)
            .Describe(Learned, "Goes back to what ran before the last promotion.", 401, 403, 409, 422, 503).Produces(StatusCodes.Status204NoContent);
        own.MapPost("/models", UploadAsync).WithMetadata(new RequestSizeLimitAttribute(maxModelBytes))
            .Describe(Learned, "Takes in an emotion model, an ONNX file as body, after trying it out.", 400, 401, 403, 413, 422, 503)
            .TakesBody(body => body["application/octet-stream"] = new OpenApiMediaType { Schema = EndpointDescriptions.Binary() })
            .Produces<VersionReport>(StatusCodes.Status201Created);
    }

    private static IResult Retrain(Learning learning)
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

    internal static async ValueTask<object?> AdmitOperatorAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var access = http.RequestServices.GetRequiredService<RoomAccess>();
        http.Response.Headers.CacheControl = "no-store";
        OperatorAccess.Require(http, access);
        return await next(context);
    }

    private static async Task<IResult> CorrectAsync(HttpContext http, CorrectionService corrections)
    {
        var request = await ReadAsync<CorrectionRequest>(http) ?? throw new RefusedException(
            Refusals.BadRequest("Send JSON: {\"face\", \"label\", \"contributor\"}, and for a camera's face \"resumeToken\"."));
        return Results.Ok(await corrections.CorrectAsync(request, http.Connection.RemoteIpAddress, http.RequestAborted));
    }

    internal static async Task<TRequest?> ReadAsync<TRequest>(HttpContext http)
        where TRequest : class
    {
        try
        {
            return await http.Request.ReadFromJsonAsync<TRequest>(http.RequestAborted);
        }
        catch (Exception problem) when (problem is System.Text.Json.JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task<IResult> ListMineAsync(HttpContext http, CorrectionStore store, Database database, ModelVersions versions) =>
        Results.Ok(await PageAsync(new CorrectionFilter(Contributor: Contributor(http)), MaxPage, store, database, versions, http.RequestAborted));

    private static async Task<IResult> EraseMineAsync(HttpContext http, CorrectionStore store, Database database) =>
        Results.Ok(await EraseMatchingAsync(new CorrectionFilter(Contributor: Contributor(http)), store, database, http.RequestAborted));

    internal static string Contributor(HttpContext http) => Correction.ContributorOf(Secret(http));

    internal static string Secret(HttpContext http) => OperatorAccess.Bearer(http.Request) is { Length: > 0 } secret
        ? secret
        : throw new RefusedException(Refusals.ContributorRequired);

    private static async Task<IResult> ListAsync(
        HttpContext http, CorrectionStore store, Database database, ModelVersions versions,
        string? label = null, string? answer = null, string? contributor = null, long? before = null, int limit = 100)
    {
        var filter = new CorrectionFilter(Contributor: contributor, Label: Number(label), Answer: Number(answer), Before: before);
        return Results.Ok(await PageAsync(filter, Math.Clamp(limit, 1, MaxPage), store, database, versions, http.RequestAborted));
    }

    internal static int? Number(string? label) => string.IsNullOrEmpty(label) ? null : LabelNumbers.Of(label);

    private static async Task<CorrectionPage> PageAsync(
        CorrectionFilter filter, int most, CorrectionStore store, Database database, ModelVersions versions, CancellationToken cancellation)
    {
        if (!database.MayHoldData)
        {
            return new CorrectionPage(0, []);
        }

        var corrections = await store.ListAsync(filter, most, cancellation);
        return new CorrectionPage(
            await store.CountAsync(filter with { Before = null }, cancellation),
            [.. corrections.Select(kept => new CorrectionReport(
                kept.Id, kept.At, kept.Contributor, kept.Source, EmotionLabels.All[kept.Label], EmotionLabels.All[kept.Answer],
                Correction.IsHeldOut(kept.Id), kept.ModelSha256 == versions.File.Sha256))]);
    }

    private static async Task<IResult> EraseAsync(
        HttpContext http, CorrectionStore store, Database database, string? id = null, string? contributor = null, bool all = false)
    {
        // So that a slip in the address does not erase everything.
        return id is null && contributor is null && !all
            ? throw new RefusedException(Refusals.BadRequest("Say what to erase: id=..., contributor=... or all=true."))
            : Results.Ok(await EraseMatchingAsync(new CorrectionFilter(id, contributor), store, database, http.RequestAborted));
    }

    private static async Task<CorrectionsErased> EraseMatchingAsync(CorrectionFilter filter, CorrectionStore store, Database database, CancellationToken cancellation) =>
        new(database.MayHoldData ? await store.EraseAsync(filter, cancellation) : 0);

    private static async Task<IResult> ReportAsync(
        HttpContext http, Learning learning, ModelVersions versions, VersionStore store, CorrectionStore corrections, Database database, EmotionModel model)
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
