using EmotionStream.Api;
using EmotionStream.Contracts;
using Microsoft.Extensions.Options;

namespace EmotionStream.Edge;

/// <summary>Refuses what pages of other sites would have their visitors' browsers do here: open a hub, or change something.</summary>
/// <remarks>Browsers name the page's site in Origin and let no page change it. Programs name none, and are no danger: they carry nobody's rights but their own.</remarks>
internal sealed class OriginCheck(RequestDelegate next, IOptions<EdgeOptions> options)
{
    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || !NeedsCheck(request) || IsAllowed(origin, request)
            ? next(http)
            : Problems.Of(Refusals.ForeignOrigin, http).ExecuteAsync(http);
    }

    private static bool NeedsCheck(HttpRequest request) =>
        request.Path.StartsWithSegments("/hubs") || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method));

    private bool IsAllowed(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        // A proxy that ends TLS makes the scheme differ; the host tells the site.
        && (page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase) || WithPort(page) == WithPort(request)
            || (page.IsLoopback && IsLoopback(request.Host.Host))
            || options.Value.Origins.Concat(options.Value.Servers).Contains(origin, StringComparer.OrdinalIgnoreCase));

    private static string WithPort(Uri page) => $"{page.Host}:{page.Port}".ToLowerInvariant();

    private static string WithPort(HttpRequest request) => $"{request.Host.Host}:{request.Host.Port ?? (request.IsHttps ? 443 : 80)}".ToLowerInvariant();

    private static bool IsLoopback(string host) => host == "localhost" || (System.Net.IPAddress.TryParse(host.Trim('[', ']'), out var address) && System.Net.IPAddress.IsLoopback(address));
}
