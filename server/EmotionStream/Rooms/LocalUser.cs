using System.Net;

namespace EmotionStream.Rooms;

/// <summary>Tells whether a request comes from a user of the server's own machine, as the demo's does.</summary>
internal static class LocalUser
{
    // A proxy on this machine connects from a loopback address on behalf of strangers, and says so in one of these.
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    public static bool Is(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !ProxyHeaders.Any(http.Request.Headers.ContainsKey)
        && IsLocalHost(http.Request.Host.Host)
        && IsLocalPage(http.Request.Headers.Origin);

    /// <summary>A site may give its own name this machine's address; its pages' requests then bear that name, and need not name an origin.</summary>
    private static bool IsLocalHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Any web site may open a socket to this machine from its visitors' browsers; they name the site.</summary>
    private static bool IsLocalPage(string? origin) =>
        string.IsNullOrEmpty(origin) || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.IsLoopback);
}
