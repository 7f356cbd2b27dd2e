using EmotionStream.Contracts;
using EmotionStream.Limits;
using EmotionStream.Rooms;

namespace EmotionStream.Api;

/// <summary>Tells the operator from others: by the key where one is set, else by being a user of the server's own machine.</summary>
internal static class OperatorAccess
{
    private const string Scheme = "Bearer ";

    /// <summary>What a request presents as 'Authorization: Bearer ...': the operator's key, or some token.</summary>
    public static string? Bearer(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }

    public static bool IsOperator(HttpContext http, RoomAccess access) =>
        access.NeedsTokens ? access.IsOperator(Bearer(http.Request)) : LocalUser.Is(http);

    /// <exception cref="RefusedException">The caller is not the operator.</exception>
    public static void Require(HttpContext http, RoomAccess access)
    {
        if (!IsOperator(http, access))
        {
            if (Bearer(http.Request) is not null)
            {
                ClientQuota.Of(http).ChargeWrongKey();
            }

            throw new RefusedException(access.NeedsTokens ? Refusals.OperatorKeyRequired : Refusals.OperatorOnly);
        }
    }

    /// <summary>Lets only the operator through, and keeps what they see out of caches.</summary>
    public static async ValueTask<object?> AdmitAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        Require(http, http.RequestServices.GetRequiredService<RoomAccess>());
        return await next(context);
    }
}
