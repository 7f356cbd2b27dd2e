using System.Data.Common;
using EmotionStream.Api.Reference;
using EmotionStream.Contracts;
using EmotionStream.History;
using EmotionStream.Rooms;
using EmotionStream.Storage;
using Microsoft.Extensions.Options;

namespace EmotionStream.Api.History;

/// <summary>Asking the history, taking it away as a file, and erasing it.</summary>
internal static class HistoryEndpoints
{
    public static IServiceCollection AddHistoryDesk(this IServiceCollection services) => services.AddSingleton<HistoryDesk>();

    public static void MapHistory(this IEndpointRouteBuilder endpoints)
    {
        var history = endpoints.MapGroup("/api/v1/history");
        history.MapGet("/terms", (IOptions<HistoryOptions> options) => Results.Json(
            new HistoryTerms(options.Value.Enabled, options.Value.RateHz, options.Value.Retention.TotalHours), HistoryFormat.Wire))
            .Describe("History", "Whether rooms' readings are kept, how often and for how long.").Produces<HistoryTerms>();
        var kept = history.MapGroup("").AddEndpointFilter(AnswerTroubleAsync);
        kept.MapGet("/readings", (HttpContext http, HistoryDesk desk) => desk.ReadAsync(http)).Describe("History", "A room's kept readings, as JSON or CSV.", 400, 401, 404, 503);
        kept.MapGet("/people", (HttpContext http, HistoryDesk desk) => desk.ListPeopleAsync(http)).Describe("History", "Who is in a room's history.", 400, 401, 404, 503);
        kept.MapDelete("", (HttpContext http, HistoryDesk desk) => desk.EraseAsync(http)).Describe("History", "Erases a room's history, or one person's part of it.", 400, 401, 404, 503).Produces<HistoryErased>();
        kept.MapGet("/mine", (HttpContext http, HistoryDesk desk) => desk.ReadMineAsync(http)).Describe("History", "The caller's own kept readings.", 400, 401, 404, 503);
        kept.MapDelete("/mine", (HttpContext http, HistoryDesk desk) => desk.EraseMineAsync(http)).Describe("History", "Erases the caller's own kept readings.", 400, 401, 404, 503).Produces<HistoryErased>();
    }

    /// <summary>Answers for a history that is off, or whose database can't be used at present.</summary>
    private static async ValueTask<object?> AnswerTroubleAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.RequestServices.GetRequiredService<IOptions<HistoryOptions>>().Value.Enabled)
        {
            return OperatorDoor.Refuse(StatusCodes.Status404NotFound, "history_off", "This server keeps no history; History:Enabled turns it on.");
        }

        http.Response.Headers.CacheControl = "no-store";
        try
        {
            return await next(context);
        }
        catch (Exception problem) when (Database.IsOutage(problem) && !http.Response.HasStarted)
        {
            return OperatorDoor.Refuse(StatusCodes.Status503ServiceUnavailable, "history_unavailable", "The history's database can't be used at present. Try again later.");
        }
    }
}
