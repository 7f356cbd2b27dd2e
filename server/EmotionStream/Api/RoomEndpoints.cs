using System.Text.Json;
using EmotionStream.Api.Reference;
using EmotionStream.Contracts;
using EmotionStream.Rooms;

namespace EmotionStream.Api;

/// <summary>Where the operator makes tokens for rooms.</summary>
internal static class RoomEndpoints
{
    // As long as the room hub allows.
    private const int MaxRoomLength = 64;

    private const int MaxMinutes = 7 * 24 * 60;

    public static void MapRooms(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/api/v1/rooms/{room}/tokens", CreateTokenAsync)
            .WithProblems()
            .Audited("room.token")
            .Describe("Rooms", "Makes a token for a room, under the operator's key.", 400, 401, 409)
            .WithDescription("Send `Authorization: Bearer KEY` with the `Rooms:OperatorKey`.")
            .Accepts<RoomTokenRequest>("application/json")
            .Produces<RoomToken>();

    private static async Task<IResult> CreateTokenAsync(string room, HttpRequest request, RoomAccess access, RoomTokens tokens, TimeProvider time)
    {
        if (!access.NeedsTokens)
        {
            throw new RefusedException(Refusals.NoOperatorKey);
        }

        OperatorAccess.Require(request.HttpContext, access);
        if (room.Trim() != room || room.Length > MaxRoomLength || room.Any(char.IsControl))
        {
            throw new RefusedException(Refusals.Bad("room", $"A room has at most {MaxRoomLength} characters and no control characters."));
        }

        if (await ReadAsync(request) is not { Role: { } role, Minutes: >= 1 and <= MaxMinutes and var minutes })
        {
            throw new RefusedException(Refusals.BadRequest($"Send {{\"role\": \"source\" or \"viewer\", \"minutes\": 1 to {MaxMinutes}}}."));
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
}
