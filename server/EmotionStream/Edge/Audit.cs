using EmotionStream.Api;
using EmotionStream.Rooms;
using EmotionStream.Telemetry;

namespace EmotionStream.Edge;

/// <summary>Writes down who called what of the operator's, and with what outcome.</summary>
internal sealed class Audit(RequestDelegate next, AuditLog log, RoomAccess rooms, AccessKeys keys)
{
    public const string Stranger = "stranger";

    // Others may be anything, a secret that somebody put into the wrong place included.
    private static readonly string[] Narrowing = ["id", "contributor", "label", "room", "person", "all", "name", "activate"];

    public async Task InvokeAsync(HttpContext http)
    {
        // An error's answer forgets the endpoint.
        var audited = http.GetEndpoint()?.Metadata.GetMetadata<Audited>();
        await next(http);
        var status = http.Response.StatusCode;
        if (audited is not null && !(audited.OnlyRefusals && status < 400))
        {
            log.Write(Who(http), Address(http), audited.Action, What(http.Request), status);
        }
    }

    /// <summary>Notes a key that was given on the page for it, or was wrong.</summary>
    public static void Note(AuditLog log, HttpContext http, string who, int status) => log.Write(who, Address(http), "access.key", http.Request.Path.ToUriComponent(), status);

    private static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private static string What(HttpRequest request)
    {
        var narrowed = QueryString.Create(request.Query.Where(pair => Narrowing.Contains(pair.Key)));
        // As URI components, so that no line breaks get into the log.
        return $"{request.Method} {request.Path.ToUriComponent()}{narrowed.ToUriComponent()}";
    }

    private string Who(HttpContext http) =>
        rooms.IsOperator(OperatorAccess.Bearer(http.Request)) ? "operator"
        : LocalUser.Is(http) ? "local user"
        : keys.Find(http.Request) ?? Stranger;
}
