using Microsoft.Extensions.Options;

namespace EmotionStream.Edge;

/// <summary>Tells browsers what a page of this server may do, on every answer, errors included.</summary>
/// <remarks>
/// Pages load nothing from elsewhere and have no script or style in their HTML, so their policy needs no exceptions: blob: is for pictures and films that
/// a person opens, data: for icons in style sheets.
/// </remarks>
internal sealed class SecurityHeaders(RequestDelegate next, IOptions<EdgeOptions> options)
{
    /// <summary>For pages that are not ours.</summary>
    public const string OperatorsPolicy = "object-src 'none'; base-uri 'self'; frame-ancestors 'self'";

    private const string OverlayPage = "/overlay.html";
    private const string Yearlong = "max-age=31536000";

    // Not named: what a page does not need is off, fullscreen excepted.
    private const string Permissions =
        "camera=(self), microphone=(self), fullscreen=(self), accelerometer=(), autoplay=(self), bluetooth=(), display-capture=(), encrypted-media=(), "
        + "geolocation=(), gyroscope=(), hid=(), magnetometer=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()";

    // Pages of the sites that the operator names may take the browser module from here.
    private readonly string _sharing = options.Value.Origins is [] ? "same-origin" : "cross-origin";
    private readonly string _policy = Policy("'none'", options.Value.Servers);
    private readonly string _overlayPolicy = Policy(options.Value.OverlayFrames is [] ? "'none'" : string.Join(' ', options.Value.OverlayFrames), options.Value.Servers);

    public Task InvokeAsync(HttpContext http)
    {
        // When the answer begins: an error's answer starts over without what was set before.
        http.Response.OnStarting(static state =>
        {
            var (headers, http) = ((SecurityHeaders, HttpContext))state;
            headers.Set(http);
            return Task.CompletedTask;
        }, (this, http));
        return next(http);
    }

    private void Set(HttpContext http)
    {
        var (request, headers) = (http.Request, http.Response.Headers);
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = request.Path == OverlayPage ? _overlayPolicy : _policy;
        }

        headers["Permissions-Policy"] = Permissions;
        // A form of a page without a referrer comes with "Origin: null", which OriginCheck refuses.
        headers["Referrer-Policy"] = request.Path == CallerKeys.Page ? "same-origin" : "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = _sharing;
        // On localhost it would lock the developer's other servers out.
        if (request.IsHttps && request.Host.Host != "localhost")
        {
            headers.StrictTransportSecurity = Yearlong;
        }
    }

    private static string Policy(string framedBy, IReadOnlyList<string> servers) =>
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
        + $"connect-src 'self' blob:{string.Concat(servers.Select(server => " " + HubsOf(server)))}; font-src 'self'; "
        + $"manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {framedBy}";

    /// <summary>A full server's pages take their cameras to another one over a web socket: ws:// where its pages are http://, wss:// where they are https://.</summary>
    private static string HubsOf(string server) => $"ws{server["http".Length..]}";
}
