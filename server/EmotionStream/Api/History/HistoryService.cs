using EmotionStream.Contracts;
using EmotionStream.History;
using EmotionStream.Rooms;
using EmotionStream.Storage;
using Microsoft.Extensions.Options;

namespace EmotionStream.Api.History;

/// <summary>Decides who may see or erase what of the history, and hands it out.</summary>
internal sealed class HistoryService(
    HistoryReader reader, HistoryWriter writer, HistoryRecorder recorder, RoomAccess access, IOptions<HistoryOptions> options, TimeProvider time)
    : IDisposable
{
    // What is written before the network has taken it.
    private const int MaxUnflushed = 64 * 1024;

    private readonly SemaphoreSlim _queries = new(options.Value.MaxQueries);

    public void Dispose() => _queries.Dispose();

    public async Task<IResult> ReadAsync(HttpContext http)
    {
        if (HistoryRequest.Read(http.Request.Query, out var problem) is not { } request)
        {
            throw new RefusedException(Refusals.BadRequest(problem));
        }

        return await SendAsync(http, request, new HistoryScope(request.Room, request.Person), Earliest(http, request.Room));
    }

    public async Task<IResult> ListPeopleAsync(HttpContext http)
    {
        if (!HistoryRequest.TryNames(http.Request.Query, out var room, out _, out var problem))
        {
            throw new RefusedException(Refusals.BadRequest(problem));
        }

        var earliest = Earliest(http, room);
        var people = await reader.ListPeopleAsync(new HistoryScope(room), http.RequestAborted);
        return Results.Json(people.Where(person => person.LastAt >= earliest.ToUnixTimeMilliseconds()), HistoryFormat.Wire);
    }

    public async Task<IResult> EraseAsync(HttpContext http)
    {
        OperatorAccess.Require(http, access);

        if (!HistoryRequest.TryNames(http.Request.Query, out var room, out var person, out var problem))
        {
            throw new RefusedException(Refusals.BadRequest(problem));
        }

        if (room is null && person is null && http.Request.Query["all"] != "true")
        {
            // So that a slip in the address does not erase everything.
            throw new RefusedException(Refusals.BadRequest("Say what to erase: room=..., person=..., both, or all=true."));
        }

        return await EraseAsync(new HistoryScope(room, person), http);
    }

    /// <summary>What is kept of the holder of a session's resume token, whether the session lasts or not.</summary>
    public async Task<IResult> ReadMineAsync(HttpContext http)
    {
        if (OperatorAccess.Bearer(http.Request) is not { Length: > 0 } token)
        {
            throw new RefusedException(Refusals.ResumeTokenRequired);
        }

        return HistoryRequest.Read(http.Request.Query, out var problem) is { } request
            ? await SendAsync(http, request, new HistoryScope(Owner: HistoryRecorder.OwnerOf(token)), DateTimeOffset.UnixEpoch)
            : throw new RefusedException(Refusals.BadRequest(problem));
    }

    /// <summary>Erases what is kept of the token's holder, and keeps nothing more of the stay if it lasts.</summary>
    public async Task<IResult> EraseMineAsync(HttpContext http)
    {
        if (OperatorAccess.Bearer(http.Request) is not { Length: > 0 } token)
        {
            throw new RefusedException(Refusals.ResumeTokenRequired);
        }

        var owner = HistoryRecorder.OwnerOf(token);
        recorder.Mute(owner);
        return await EraseAsync(new HistoryScope(Owner: owner), http);
    }

    private async Task<IResult> EraseAsync(HistoryScope scope, HttpContext http) =>
        Results.Json(new HistoryErased(await writer.EraseAsync(scope, http.RequestAborted)), HistoryFormat.Wire);

    /// <summary>The operator sees everything that is kept, a viewer's token its own room's last day or so.</summary>
    /// <exception cref="RefusedException">The caller may see nothing of that room.</exception>
    private DateTimeOffset Earliest(HttpContext http, string? room)
    {
        var kept = time.GetUtcNow() - options.Value.Retention;
        if (OperatorAccess.IsOperator(http, access))
        {
            return kept;
        }

        if (!access.NeedsTokens || room is null)
        {
            OperatorAccess.Require(http, access);
        }

        var viewersSee = time.GetUtcNow() - options.Value.ViewersSee;
        return access.Check(room!, RoomRole.Viewer, OperatorAccess.Bearer(http.Request), LocalUser.Is(http), out _) is { } refusal
            ? throw new RefusedException(refusal)
            : viewersSee > kept ? viewersSee : kept;
    }

    private async Task<IResult> SendAsync(HttpContext http, HistoryRequest request, HistoryScope scope, DateTimeOffset earliest)
    {
        if (!_queries.Wait(0, CancellationToken.None))
        {
            throw new RefusedException(Refusals.TooManyQueries);
        }

        try
        {
            var query = request.Within(scope, earliest, time.GetUtcNow().AddSeconds(1));
            await using var readings = reader.ReadAsync(query, http.RequestAborted).GetAsyncEnumerator(http.RequestAborted);
            // Before the answer begins, so that a database that is away can still be told.
            var any = await readings.MoveNextAsync();
            await WriteAsync(http, HistoryFormat.Of(request.Format)!, readings, any);
            return Results.Empty;
        }
        finally
        {
            _queries.Release();
        }
    }

    private static async Task WriteAsync(HttpContext http, HistoryFormat format, IAsyncEnumerator<HistoryReading> readings, bool any)
    {
        var (response, output) = (http.Response, http.Response.BodyWriter);
        response.ContentType = format.ContentType;
        response.Headers.ContentDisposition = $"attachment; filename=\"emotionstream-history.{format.Extension}\"";
        try
        {
            format.Begin(output);
            for (; any; any = await readings.MoveNextAsync())
            {
                format.Write(output, readings.Current);
                if (output.UnflushedBytes > MaxUnflushed && (await output.FlushAsync(http.RequestAborted)).IsCompleted)
                {
                    return;
                }
            }

            format.End(output);
            await output.FlushAsync(http.RequestAborted);
        }
        catch (Exception problem) when (Database.IsOutage(problem))
        {
            // A file that only looks complete would be worse than one that visibly broke off.
            http.Abort();
        }
    }
}
