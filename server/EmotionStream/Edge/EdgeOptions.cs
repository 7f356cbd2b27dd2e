using System.Net;
using Microsoft.Extensions.Options;

namespace EmotionStream.Edge;

/// <summary>How the server meets the network: who may call it from other sites, whom it believes, and with which certificate.</summary>
internal sealed class EdgeOptions
{
    public const string Section = "Edge";

    /// <summary>Other sites whose pages may use this server, such as <c>https://calls.example.org</c>. By default none.</summary>
    public IReadOnlyList<string> Origins { get; set; } = [];

    /// <summary>Sites that may frame the overlay page, such as <c>https://studio.example.org</c>. By default none; other pages are never framed.</summary>
    public IReadOnlyList<string> OverlayFrames { get; set; } = [];

    /// <summary>
    /// The servers of this one's cluster as browsers reach them, such as <c>https://node-2.example.org</c>, and the balancer's address: pages of each may use
    /// all. Only needed with <c>Cluster:PublicAddress</c>; by default none.
    /// </summary>
    public IReadOnlyList<string> Servers { get; set; } = [];

    /// <summary>
    /// Addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, or their networks, such as <c>10.0.3.0/24</c>, where a container's
    /// address changes. By default none.
    /// </summary>
    public IReadOnlyList<string> Proxies { get; set; } = [];

    /// <summary>
    /// The certificate of https:// addresses: a PEM file with the chain and the key, a PKCS #12 file, or the word <c>development</c> for one that the
    /// server makes for itself and browsers warn of. Cameras need HTTPS everywhere but on localhost.
    /// </summary>
    public string? Certificate { get; set; }

    /// <summary>The PKCS #12 file's password.</summary>
    public string? CertificatePassword { get; set; }
}

/// <summary>Checks <see cref="EdgeOptions"/> when the server starts.</summary>
internal sealed class EdgeOptionsValidator : IValidateOptions<EdgeOptions>
{
    public ValidateOptionsResult Validate(string? name, EdgeOptions options)
    {
        var problems = options.Origins.Concat(options.Servers).Concat(options.OverlayFrames).Where(site => !IsOrigin(site))
            .Select(site => $"Edge: '{site}' is no origin; write it as https://calls.example.org or https://calls.example.org:8443.")
            .Concat(options.Proxies.Where(proxy => !IsAddress(proxy)).Select(proxy => $"Edge:Proxies: '{proxy}' is neither an IP address nor a network like 10.0.3.0/24."))
            .ToList();
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }

    private static bool IsAddress(string proxy) => IPAddress.TryParse(proxy, out _) || IPNetwork.TryParse(proxy, out _);

    private static bool IsOrigin(string site) =>
        Uri.TryCreate(site, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && uri.GetLeftPart(UriPartial.Authority) == site;
}
