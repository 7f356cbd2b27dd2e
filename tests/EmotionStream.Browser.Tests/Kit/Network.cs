using System.Net;
using System.Net.Sockets;

namespace EmotionStream.Browser.Tests.Kit;

/// <summary>The stretch of network between a browser and a server, which a test can break and mend.</summary>
internal sealed class Network : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _life = new();
    private readonly Uri _server;
    private readonly Task _accepting;
    private readonly List<Task> _connections = [];
    private CancellationTokenSource _cut = new();
    private volatile bool _broken;
    private volatile int _swallowed;
    private int _opened;

    public Network(Uri server)
    {
        _server = server;
        _listener.Start();
        Address = new UriBuilder(server) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;
        _accepting = AcceptAsync();
    }

    /// <summary>Where the browser finds the server.</summary>
    public Uri Address { get; }

    /// <summary>Resets every connection, and each new one too until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        _broken = true;
        _cut.Cancel();
    }

    public void Mend()
    {
        _cut = new CancellationTokenSource();
        _broken = false;
    }

    /// <summary>From now on carries nothing on the connections that are open, and says so to nobody; new ones work.</summary>
    public void Swallow() => _swallowed = Volatile.Read(ref _opened);

    public async ValueTask DisposeAsync()
    {
        await _life.CancelAsync();
        Cut();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _cut.Dispose();
        _life.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_life.IsCancellationRequested)
        {
            try
            {
                _connections.Add(CarryAsync(await _listener.AcceptSocketAsync(_life.Token)));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // The listener was stopped, or a browser gave up before it was answered.
            }
        }
    }

    private async Task CarryAsync(Socket browser)
    {
        var number = Interlocked.Increment(ref _opened);
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (browser)
        {
            // Closing at once sends a reset, as a router that lost its memory does, instead of a polite end.
            browser.LingerState = server.LingerState = new LingerOption(true, 0);
            if (_broken)
            {
                return;
            }

            var cut = _cut.Token;
            try
            {
                await server.ConnectAsync(_server.Host, _server.Port, cut);
                await Task.WhenAny(PumpAsync(browser, server, number, cut), PumpAsync(server, browser, number, cut));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // Cut, or the server is not there: the browser sees a reset either way.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, int number, CancellationToken cut)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, cut) is > 0 and var count)
            {
                if (number > _swallowed)
                {
                    await to.SendAsync(buffer.AsMemory(0, count), cut);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One side is gone; closing the other is the caller's.
        }
    }
}
