using System.Text;
using EmotionStream.Api.Reference;
using EmotionStream.Rooms;
using EmotionStream.Sessions;

namespace EmotionStream.Api;

/// <summary>Where pages that are being closed say so: their sockets go down as a lost network's do, and would be waited for.</summary>
internal static class GoodbyeEndpoints
{
    // A resume token has 43 characters.
    private const int MaxTokenLength = 64;

    /// <summary>Ends what the resume token in the body belongs to, a session or a place in a call; tells nothing of whether there was one.</summary>
    public static void MapGoodbye(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/api/v1/goodbye", async (HttpRequest request, SessionRegistry sessions, Calls calls) =>
        {
            var token = await ReadTokenAsync(request);
            await sessions.EndAsync(token);
            await calls.LeaveAsync(token);
            return Results.NoContent();
        })
            .Describe("Rooms", "Ends what the resume token in the body belongs to; for pages that are being closed.")
            .Accepts<string>("text/plain")
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<string> ReadTokenAsync(HttpRequest request)
    {
        var bytes = new byte[MaxTokenLength];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
