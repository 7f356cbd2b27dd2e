using System.Net;
using System.Net.Sockets;
using EmotionStream.Contracts;
using EmotionStream.Faces.Stills;
using Microsoft.Extensions.Options;

namespace EmotionStream.Api.Pictures;

/// <summary>Fetches a picture from an address that a request names, if the operator has allowed its host.</summary>
/// <remarks>
/// The address is checked where the connection is made, so that a name which means another machine by then is caught, too. A
/// redirection is followed on the same host only. No proxy, no cookies, no credentials.
/// </remarks>
internal sealed class PictureFetcher : IDisposable
{
    private const int MaxRedirects = 3;

    private readonly FetchOptions _options;
    private readonly int _maxBytes;
    private readonly PictureBudget _budget;
    private readonly HttpClient _http;

    public PictureFetcher(IOptions<FetchOptions> options, IOptions<StillsOptions> stills, PictureBudget budget)
    {
        (_options, _maxBytes, _budget) = (options.Value, stills.Value.MaxBytes, budget);
        // An attempt to connect does not end with its request: without a limit of its own it would go on, with its socket, for as long as the system tries.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = ConnectAsync, ConnectTimeout = _options.Timeout,
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <exception cref="RefusedException">Fetching is off, the host is not allowed, or it does not deliver a picture in time.</exception>
    public async Task<PictureBytes> FetchAsync(string address, CancellationToken cancellation)
    {
        if (_options.Hosts.Length == 0)
        {
            throw new RefusedException(Refusals.FetchOff);
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !IsAllowed(uri))
        {
            throw new RefusedException(Refusals.FetchNotAllowed);
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(_options.Timeout);
        try
        {
            using var reply = await FollowAsync(uri, timeout.Token);
            await using var body = await reply.Content.ReadAsStreamAsync(timeout.Token);
            return await PictureBytes.ReadAsync(body, _maxBytes, _budget, timeout.Token);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException || (problem is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new RefusedException(Refusals.FetchFailed);
        }
    }

    public void Dispose() => _http.Dispose();

    private bool IsAllowed(Uri uri) =>
        uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 &&
        (_options.Hosts.Contains(uri.Host, StringComparer.OrdinalIgnoreCase) || _options.Hosts.Contains(uri.Authority, StringComparer.OrdinalIgnoreCase)) &&
        (uri.IsDefaultPort || _options.Hosts.Contains(uri.Authority, StringComparer.OrdinalIgnoreCase));

    private async Task<HttpResponseMessage> FollowAsync(Uri uri, CancellationToken cancellation)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            request.Headers.Accept.ParseAdd("image/*");
            var reply = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (reply.IsSuccessStatusCode)
            {
                return reply;
            }

            var next = reply.Headers.Location is { } location ? new Uri(uri, location) : null;
            reply.Dispose();
            if (redirects == MaxRedirects || next is null || next.Authority != uri.Authority || !IsAllowed(next))
            {
                throw new RefusedException(Refusals.FetchFailed);
            }

            uri = next;
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        var allowed = addresses.Where(address => _options.AllowPrivateAddresses || PublicAddress.Is(address)).ToArray();
        if (allowed.Length == 0)
        {
            throw new RefusedException(Refusals.FetchNotAllowed);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
