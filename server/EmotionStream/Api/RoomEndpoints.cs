using System.Text.Json;
using EmotionStream.Contracts;
using EmotionStream.Rooms;

namespace EmotionStream.Api;

/// <summary>Where the operator makes tokens for rooms.</summary>
internal static class RoomEndpoints
{
    private const string Scheme = "Bearer ";

    // As long as the room hub allows.
    private const int MaxRoomLength = 64;

    private const int MaxMinutes = 7 * 24 * 60;

    public static void MapRooms(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/api/v1/rooms/{room}/tokens", CreateTokenAsync);

    private static async Task<IResult> CreateTokenAsync(string room, HttpRequest request, RoomAccess access, RoomTokens tokens, TimeProvider time)
    {
        if (!access.NeedsTokens)
        {
            return Refuse(StatusCodes.Status409Conflict, "no_operator_key", "Without Rooms:OperatorKey rooms need no tokens; only local users enter them.");
        }

        if (!access.IsOperator(PresentedKey(request)))
        {
            request.HttpContext.Response.Headers.WWWAuthenticate = Scheme.Trim();
            return Refuse(StatusCodes.Status401Unauthorized, "operator_key_required", "Send the operator's key as 'Authorization: Bearer KEY'.");
        }

        if (room.Trim() != room || room.Length > MaxRoomLength || room.Any(char.IsControl))
        {
            return Refuse(StatusCodes.Status400BadRequest, "bad_room", $"A room has at most {MaxRoomLength} characters and no control characters.");
        }

        if (await ReadAsync(request) is not { Role: { } role, Minutes: >= 1 and <= MaxMinutes and var minutes })
        {
            return Refuse(StatusCodes.Status400BadRequest, "bad_request", $"Send {{\"role\": \"source\" or \"viewer\", \"minutes\": 1 to {MaxMinutes}}}.");
        }

        var pass = new RoomPass(room, role, time.GetUtcNow().AddMinutes(minutes));
        return Results.Json(new RoomToken(tokens.Sign(pass), room, role, pass.Until.ToUnixTimeMilliseconds()), Wire);
    }

    private static JsonSerializerOptions Wire { get; } = CreateWire();

    private static JsonSerializerOptions CreateWire()
    {
        var options = new JsonSerializerOptions();
        WireJson.Configure(options);
        return options;
    }

    private static string? PresentedKey(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }

    private static async Task<RoomTokenRequest?> ReadAsync(HttpRequest request)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<RoomTokenRequest>(request.Body, Wire, request.HttpContext.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IResult Refuse(int status, string code, string detail) =>
        Results.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}
