using EmotionStream.Rooms;

namespace EmotionStream.Api;

/// <summary>Tells the operator from others: by the key where one is set, else by being a user of the server's own machine.</summary>
internal static class OperatorDoor
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

    /// <summary>Why somebody who is not the operator may not do what only the operator may.</summary>
    public static IResult Refuse(HttpContext http, RoomAccess access)
    {
        if (!access.NeedsTokens)
        {
            return Refuse(StatusCodes.Status403Forbidden, RoomRefusal.LocalOnly.Code, "Only users of the server's own machine may do this, until its operator sets Rooms:OperatorKey.");
        }

        http.Response.Headers.WWWAuthenticate = Scheme.Trim();
        return Refuse(StatusCodes.Status401Unauthorized, "operator_key_required", "Send the operator's key as 'Authorization: Bearer KEY'.");
    }

    public static IResult Refuse(int status, string code, string detail) =>
        Results.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}
