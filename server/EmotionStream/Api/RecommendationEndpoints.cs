using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using EmotionStream.Api.Reference;
using EmotionStream.Contracts;
using EmotionStream.Recommendations;
using Microsoft.AspNetCore.Mvc;

namespace EmotionStream.Api;

/// <summary>Movies, songs and books for a mood: a label in the address, or a whole distribution in the body.</summary>
/// <remarks>Pages use the body, because addresses end up in the logs of whatever lies between.</remarks>
internal static class RecommendationEndpoints
{
    private const int MaxBytes = 16 * 1024;
    private const int MaxCount = 50;
    private const int MaxSkip = 10_000;

    private static readonly string[] Parameters = ["emotion", "media", "mode", "count", "skip", "seed"];

    public static void MapRecommendations(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/recommendations", (HttpRequest request, CatalogFile catalog) => Answer(request, catalog, Read(request.Query)))
            .WithProblems()
            .Describe("Recommendations", "Picks movies, songs and books that suit a mood.", 400)
            .TakesQuery(
                ("emotion", "One label, or several with weights: sad:0.6,fear:0.4.", true), ("media", "movies, songs or books; all without it.", false),
                ("mode", "match keeps company with the mood, change leads out of it.", false), ("count", $"How many of each kind, 1 to {MaxCount}.", false),
                ("skip", "How many to pass over.", false), ("seed", "Repeats a pick.", false))
            .Produces<RecommendationList>();
        endpoints.MapPost("/api/v1/recommendations", async (HttpRequest request, CatalogFile catalog) => Answer(request, catalog, await ReadAsync(request)))
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
            .WithProblems()
            .Describe("Recommendations", "The same, with the mood in the body, so that it stays out of addresses and their logs.", 400, 413)
            .Accepts<RecommendationRequest>("application/json")
            .Produces<RecommendationList>();
    }

    private static IResult Answer(HttpRequest request, CatalogFile catalog, RecommendationRequest wanted)
    {
        var list = Pick(catalog.Catalog, wanted);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Ok(list);
    }

    private static RecommendationList Pick(Catalog catalog, RecommendationRequest request)
    {
        if (!Mood.TryCreate(request.Emotions ?? new Dictionary<string, double>(), out var mood))
        {
            throw new RefusedException(Refusals.Bad(
                "emotion", $"Name at least one of {string.Join(", ", EmotionLabels.All)}, such as sad or sad:0.6,fear:0.4; weights are 0 or more, and not all 0."));
        }

        Check("count", request.Count, 1, MaxCount);
        Check("skip", request.Skip, 0, MaxSkip);
        var seed = request.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        Check("seed", seed, 0, int.MaxValue);
        Medium[] media = request.Media is { } one ? [one] : Enum.GetValues<Medium>();
        var orders = media.Select(medium => Picker.Order(catalog, medium, mood, request.Mode, seed)).ToList();
        return new RecommendationList(
            request.Mode,
            mood.Shares,
            seed,
            [.. orders.SelectMany(order => order.Skip(request.Skip).Take(request.Count))],
            orders.Sum(order => Math.Max(0, order.Count - request.Skip - request.Count)));
    }

    private static RecommendationRequest Read(IQueryCollection query)
    {
        foreach (var (name, values) in query)
        {
            if (!Parameters.Contains(name, StringComparer.OrdinalIgnoreCase) || values.Count != 1)
            {
                throw new RefusedException(Refusals.BadRequest($"The parameters are {string.Join(", ", Parameters)}, each once."));
            }
        }

        return new RecommendationRequest(
            ReadEmotions(query["emotion"].ToString()),
            query.ContainsKey("media") ? ReadWord<Medium>("media", query["media"].ToString()) : null,
            query.ContainsKey("mode") ? ReadWord<RecommendationMode>("mode", query["mode"].ToString()) : RecommendationMode.Match,
            ReadNumber(query, "count", 1, MaxCount) ?? RecommendationRequest.DefaultCount,
            ReadNumber(query, "skip", 0, MaxSkip) ?? 0,
            ReadNumber(query, "seed", 0, int.MaxValue));
    }

    /// <summary>"sad" or "sad:0.6,fear:0.4"; null for anything else.</summary>
    private static Dictionary<string, double>? ReadEmotions(string text)
    {
        Dictionary<string, double> emotions = [];
        foreach (var part in text.Split(',', EmotionLabels.All.Count + 1))
        {
            var (label, weight) = part.Split(':', 2, StringSplitOptions.TrimEntries) is [var name, var number] ? (name, number) : (part.Trim(), "1");
            if (!double.TryParse(weight, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !emotions.TryAdd(label, value))
            {
                return null;
            }
        }

        return emotions;
    }

    private static T ReadWord<T>(string name, string text)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(WordOf(value), text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        throw new RefusedException(Refusals.Bad(name, $"The {name} is one of {string.Join(", ", Enum.GetValues<T>().Select(WordOf))}."));
    }

    private static string WordOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static int? ReadNumber(IQueryCollection query, string name, int least, int most)
    {
        if (!query.ContainsKey(name))
        {
            return null;
        }

        return int.TryParse(query[name], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? Check(name, number, least, most)
            : throw BadNumber(name, least, most);
    }

    private static int Check(string name, int number, int least, int most) => number >= least && number <= most ? number : throw BadNumber(name, least, most);

    private static RefusedException BadNumber(string name, int least, int most) => new(Refusals.Bad(name, $"The {name} is a whole number from {least} to {most}."));

    private static async Task<RecommendationRequest> ReadAsync(HttpRequest request)
    {
        RecommendationRequest? wanted = null;
        try
        {
            wanted = await request.ReadFromJsonAsync<RecommendationRequest>(request.HttpContext.RequestAborted);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
        }

        return wanted ?? throw new RefusedException(Refusals.BadRequest(
            "Send application/json such as {\"emotions\": {\"sad\": 0.6, \"fear\": 0.4}, \"media\": \"movies\", \"mode\": \"change\", \"count\": 5, \"skip\": 0, \"seed\": 1}."));
    }
}
