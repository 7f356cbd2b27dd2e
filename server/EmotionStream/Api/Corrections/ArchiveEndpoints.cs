using EmotionStream.Api.Reference;
using EmotionStream.Archive;
using EmotionStream.Contracts;
using EmotionStream.Corrections;
using EmotionStream.Storage;
using Microsoft.AspNetCore.Mvc;

namespace EmotionStream.Api.Corrections;

/// <summary>The face archive: people opt in and out, see and delete their own faces; the operator sees and deletes all.</summary>
internal static class ArchiveEndpoints
{
    private const string Tag = "Face archive";

    // A face takes 3 KB in JSON.
    private const int MaxPage = 100;

    // One token.
    private const int MaxSessionBytes = 1024;

    public static void MapArchive(this IEndpointRouteBuilder endpoints)
    {
        var open = endpoints.MapGroup("/api/v1/archive").WithProblems().AddEndpointFilter(ForbidStoringAsync);
        open.MapGet("/terms", (ArchiveService archive) => Results.Ok(new ArchiveTerms(archive.IsOn)))
            .Describe(Tag, "Whether this server keeps faces of those who opt in.").Produces<ArchiveTerms>();
        open.MapPut("/consent", OptInAsync)
            .Describe(Tag, "Opts the contributor whose secret is the bearer in to the face archive, until they withdraw.", 400, 401, 403, 429, 503)
            .Produces(StatusCodes.Status204NoContent);
        open.MapDelete("/consent", WithdrawAsync)
            .Describe(Tag, "Opts that contributor out at once and deletes every face kept of them.", 401, 503).Produces<FacesDeleted>();
        open.MapPost("/sessions", HoldAsync).WithMetadata(new RequestSizeLimitAttribute(MaxSessionBytes))
            .Describe(Tag, "Lets a session hold the face it sees for as long as that contributor can correct it.", 400, 401, 403, 404, 503)
            .Accepts<ArchiveSession>("application/json").Produces(StatusCodes.Status204NoContent);
        open.MapGet("/mine", ListMineAsync).Describe(Tag, "The faces kept of that contributor.", 401, 503).Produces<MyArchive>();
        open.MapDelete("/mine", DeleteMineAsync).Describe(Tag, "Deletes one of those faces, or all.", 401, 503).Produces<FacesDeleted>();
        var own = open.MapGroup("").AddEndpointFilter(OperatorAccess.AdmitAsync);
        own.MapGet("", ListAsync).Audited("archive.read").Describe(Tag, "All kept faces, the newest first.", 401, 403, 503).Produces<ArchivePage>();
        own.MapDelete("", DeleteAsync).Audited("archive.delete").Describe(Tag, "Deletes one face, a contributor's, those of a label, or all.", 400, 401, 403, 503).Produces<FacesDeleted>();
    }

    private static ValueTask<object?> ForbidStoringAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    }

    private static async Task<IResult> OptInAsync(HttpContext http, ArchiveService archive)
    {
        await archive.OptInAsync(Contributors.RequireSecret(http), http.Connection.RemoteIpAddress, http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> WithdrawAsync(HttpContext http, ArchiveService archive) =>
        // A withdrawal is carried out even if the connection ends early.
        Results.Ok(new FacesDeleted(await archive.WithdrawAsync(Contributors.Require(http), CancellationToken.None)));

    private static async Task<IResult> HoldAsync(HttpContext http, ArchiveService archive)
    {
        var contributor = Contributors.Require(http);
        var session = await JsonBody.ReadAsync<ArchiveSession>(http);
        await archive.HoldAsync(
            contributor,
            session?.ResumeToken ?? throw new RefusedException(Refusals.BadRequest("Send JSON: {\"resumeToken\"}.")),
            http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> ListMineAsync(
        HttpContext http, ArchiveService archive, ArchiveStore store, FaceEncryption encryption, Database database, long? before = null, int limit = MaxPage)
    {
        var contributor = Contributors.Require(http);
        var (total, faces) = await PageAsync(new CorrectionFilter(Contributor: contributor, Before: before), limit, store, encryption, database, http.RequestAborted);
        return Results.Ok(new MyArchive(archive.IsOn, await store.HasOptedInAsync(contributor, http.RequestAborted), total, faces));
    }

    private static async Task<IResult> DeleteMineAsync(HttpContext http, ArchiveStore store, string? id = null) =>
        Results.Ok(new FacesDeleted(await store.DeleteAsync(new CorrectionFilter(id, Contributors.Require(http)), http.RequestAborted)));

    private static async Task<IResult> ListAsync(
        HttpContext http, ArchiveService archive, ArchiveStore store, FaceEncryption encryption, Database database,
        string? label = null, string? contributor = null, long? before = null, int limit = MaxPage)
    {
        var filter = new CorrectionFilter(Contributor: contributor, Label: LabelNumbers.Wanted(label), Before: before);
        var (total, faces) = await PageAsync(filter, limit, store, encryption, database, http.RequestAborted);
        return Results.Ok(new ArchivePage(archive.IsOn, total, faces));
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext http, ArchiveStore store, string? id = null, string? contributor = null, string? label = null, bool all = false) =>
        // So that a slip in the address does not delete everything.
        id is null && contributor is null && label is null && !all
            ? throw new RefusedException(Refusals.BadRequest("Say what to delete: id=..., contributor=..., label=... or all=true."))
            : Results.Ok(new FacesDeleted(
                await store.DeleteAsync(new CorrectionFilter(id, contributor, LabelNumbers.Wanted(label)), http.RequestAborted)));

    private static async Task<(long Total, ArchivedFaceReport[] Faces)> PageAsync(
        CorrectionFilter filter, int limit, ArchiveStore store, FaceEncryption encryption, Database database, CancellationToken cancellation)
    {
        if (!database.MayHoldData)
        {
            return (0, []);
        }

        var faces = await store.ListAsync(filter, Math.Clamp(limit, 1, MaxPage), cancellation);
        return (await store.CountAsync(filter with { Before = null }, cancellation), [.. faces.Select(face => Report(face, encryption))]);
    }

    private static ArchivedFaceReport Report(ArchivedFace face, FaceEncryption encryption)
    {
        var (crop, problem) = encryption.Decrypt(face);
        return new ArchivedFaceReport(
            face.Correction, face.At, face.Contributor, face.Source, EmotionLabels.All[face.Label], EmotionLabels.All[face.Answer], crop, problem);
    }
}
