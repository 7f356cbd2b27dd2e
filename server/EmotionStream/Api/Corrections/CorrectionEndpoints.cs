using EmotionStream.Api.Reference;
using EmotionStream.Contracts;
using EmotionStream.Corrections;
using EmotionStream.Models;
using EmotionStream.Storage;
using Microsoft.AspNetCore.Mvc;

namespace EmotionStream.Api.Corrections;

/// <summary>Corrections: people give, list and erase their own; the operator lists and erases all.</summary>
internal static class CorrectionEndpoints
{
    private const string Tag = "Corrections";
    private const int MaxPage = 500;

    // A correction has five short fields.
    private const int MaxCorrectionBytes = 4096;

    public static void MapCorrections(this IEndpointRouteBuilder endpoints)
    {
        var open = endpoints.MapGroup("/api/v1").WithProblems();
        open.MapPost("/corrections", CorrectAsync).WithMetadata(new RequestSizeLimitAttribute(MaxCorrectionBytes))
            .Describe(Tag, "Says what a face of the caller's own showed.", 400, 403, 404, 429, 503).Accepts<CorrectionRequest>("application/json").Produces<CorrectionKept>();
        open.MapGet("/corrections/mine", ListMineAsync)
            .Describe(Tag, "What the contributor whose secret is the bearer has given.", 401, 503).Produces<CorrectionPage>();
        open.MapDelete("/corrections/mine", EraseMineAsync)
            .Describe(Tag, "Erases what that contributor has given.", 401, 503).Produces<CorrectionsErased>();
        var own = open.MapGroup("").AddEndpointFilter(OperatorAccess.AdmitAsync);
        own.MapGet("/corrections", ListAsync).Audited("corrections.read", onlyRefusals: true).Describe(Tag, "All corrections, the newest first.", 401, 403, 503).Produces<CorrectionPage>();
        own.MapDelete("/corrections", EraseAsync).Audited("corrections.erase").Describe(Tag, "Erases one correction, a contributor's, or all.", 400, 401, 403, 503).Produces<CorrectionsErased>();
    }

    private static async Task<IResult> CorrectAsync(HttpContext http, CorrectionService corrections)
    {
        var request = await JsonBody.ReadAsync<CorrectionRequest>(http) ?? throw new RefusedException(
            Refusals.BadRequest("Send JSON: {\"face\", \"label\", \"contributor\"}, and for a camera's face \"resumeToken\"."));
        return Results.Ok(await corrections.CorrectAsync(request, http.Connection.RemoteIpAddress, http.RequestAborted));
    }

    private static async Task<IResult> ListMineAsync(HttpContext http, CorrectionStore store, Database database, ModelVersions versions) =>
        Results.Ok(await PageAsync(new CorrectionFilter(Contributor: Contributors.Require(http)), MaxPage, store, database, versions, http.RequestAborted));

    private static async Task<IResult> EraseMineAsync(HttpContext http, CorrectionStore store, Database database) =>
        Results.Ok(await EraseMatchingAsync(new CorrectionFilter(Contributor: Contributors.Require(http)), store, database, http.RequestAborted));

    private static async Task<IResult> ListAsync(
        HttpContext http, CorrectionStore store, Database database, ModelVersions versions,
        string? label = null, string? answer = null, string? contributor = null, long? before = null, int limit = 100)
    {
        var filter = new CorrectionFilter(Contributor: contributor, Label: LabelNumbers.Wanted(label), Answer: LabelNumbers.Wanted(answer), Before: before);
        return Results.Ok(await PageAsync(filter, Math.Clamp(limit, 1, MaxPage), store, database, versions, http.RequestAborted));
    }

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
}
