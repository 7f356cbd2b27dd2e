using EmotionStream.Api.Reference;
using EmotionStream.Contracts;
using EmotionStream.History;
using Microsoft.Extensions.Options;

namespace EmotionStream.Api.History;

/// <summary>Asking the history, taking it away as a file, and erasing it.</summary>
internal static class HistoryEndpoints
{
    private const string Bearer =
        "Send `Authorization: Bearer ...` with the `Rooms:OperatorKey`, or for one room's last day with a viewer's token; without a key this machine's own users may ask.";

    private const string OwnBearer = "Send `Authorization: Bearer ...` with the session's resume token, for as long as anything is kept.";

    private static readonly (string, string, bool)[] Span =
    [
        ("from", "Milliseconds since 1970, or a time such as 2026-05-01T12:30:00Z.", false),
        ("to", "The same; up to and without it.", false),
        ("step", "Seconds, 0.5 to 86400: gives each person's means over steps.", false),
        ("format", "json (default), jsonl or csv.", false),
    ];

    public static IServiceCollection AddHistoryService(this IServiceCollection services) => services.AddSingleton<HistoryService>();

    public static void MapHistory(this IEndpointRouteBuilder endpoints)
    {
        var history = endpoints.MapGroup("/api/v1/history");
        history.MapGet("/terms", (IOptions<HistoryOptions> options) => Results.Json(
            new HistoryTerms(options.Value.Enabled, options.Value.RateHz, options.Value.Retention.TotalHours), HistoryFormat.Wire))
            .Describe("History", "Whether rooms' readings are kept, how often and for how long.")
            .Produces<HistoryTerms>();
        var kept = history.MapGroup("").WithProblems().AddEndpointFilter(RequireHistoryAsync);
        kept.MapGet("/readings", (HttpContext http, HistoryService history) => history.ReadAsync(http))
            .Describe("History", "Kept readings in the order of time, streamed as JSON, JSON Lines or CSV.", 400, 401, 403, 404, 503)
            .WithDescription(Bearer)
            .TakesQuery([("room", "The room; without one the operator's key is needed.", false), ("person", "A person's id, as /people tells it.", false), .. Span]);
        kept.MapGet("/people", (HttpContext http, HistoryService history) => history.ListPeopleAsync(http))
            .Describe("History", "Of whom readings are kept, the last seen first; the last thousand.", 400, 401, 403, 404, 503)
            .WithDescription(Bearer)
            .TakesQuery(("room", "Only those in this room; without one the operator's key is needed.", false))
            .Produces<HistoryPerson[]>();
        kept.MapDelete("", (HttpContext http, HistoryService history) => history.EraseAsync(http)).Audited("history.erase")
            .Describe("History", "Erases a room, a person, a person in a room, or everything.", 400, 401, 403, 404, 503)
            .WithDescription("Send `Authorization: Bearer KEY` with the `Rooms:OperatorKey`; without one this machine's own users may.")
            .TakesQuery(("room", "The room.", false), ("person", "A person's id.", false), ("all", "true, if neither is given.", false))
            .Produces<HistoryErased>();
        kept.MapGet("/mine", (HttpContext http, HistoryService history) => history.ReadMineAsync(http))
            .Describe("History", "What is kept of the sender of a session, as /readings gives it.", 400, 401, 404, 503)
            .WithDescription(OwnBearer)
            .TakesQuery(Span);
        kept.MapDelete("/mine", (HttpContext http, HistoryService history) => history.EraseMineAsync(http))
            .Describe("History", "Erases what is kept of the sender of a session, and ends the keeping for the rest of the stay.", 401, 404, 503)
            .WithDescription(OwnBearer)
            .Produces<HistoryErased>();
    }

    private static async ValueTask<object?> RequireHistoryAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        if (!http.RequestServices.GetRequiredService<IOptions<HistoryOptions>>().Value.Enabled)
        {
            throw new RefusedException(Refusals.HistoryOff);
        }

        await http.RequestServices.GetRequiredService<HistoryWriter>().Begun.WaitAsync(http.RequestAborted);
        return await next(context);
    }
}
