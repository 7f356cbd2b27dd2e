using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace EmotionStream.Benchmarks;

/// <summary>Many viewers of one room over real web sockets, some of whom ask for most and never read it.</summary>
internal sealed class RoomCrowd : IAsyncDisposable
{
    private const byte EndOfMessage = 0x1e;

    private readonly List<WebSocket> _sockets = [];
    private readonly List<Task> _readers = [];
    private long _updates;

    /// <summary>Messages that the reading viewers have got.</summary>
    public long Updates => Interlocked.Read(ref _updates);

    public static async Task<RoomCrowd> GatherAsync(Uri server, string room, int viewers, int deaf)
    {
        var crowd = new RoomCrowd();
        for (var i = 0; i < viewers; i++)
        {
            var socket = await ConnectAsync(server, room, rateHz: i < deaf ? 30 : 5);
            crowd._sockets.Add(socket);
            if (i >= deaf)
            {
                crowd._readers.Add(crowd.ReadAsync(socket));
            }
        }

        return crowd;
    }

    public async ValueTask DisposeAsync()
    {
        _sockets.ForEach(socket => socket.Abort());
        await Task.WhenAll(_readers);
        _sockets.ForEach(socket => socket.Dispose());
    }

    private static async Task<WebSocket> ConnectAsync(Uri server, string room, int rateHz)
    {
        var socket = new ClientWebSocket();
        using var handler = new SocketsHttpHandler { ConnectCallback = ConnectNarrowlyAsync };
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        await socket.ConnectAsync(new UriBuilder(new Uri(server, "/hubs/room")) { Scheme = "ws" }.Uri, invoker, CancellationToken.None);
        await SendAsync(socket, """{"protocol":"json","version":1}""");
        await SendAsync(socket, $$"""{"type":4,"invocationId":"1","target":"Watch","arguments":[{"room":"{{room}}","rateHz":{{rateHz}}}]}""");
        return socket;
    }

    /// <summary>With a small window, so that a viewer who does not read is soon felt by the server.</summary>
    private static async ValueTask<Stream> ConnectNarrowlyAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(context.DnsEndPoint, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static Task SendAsync(ClientWebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + (char)EndOfMessage), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private async Task ReadAsync(WebSocket socket)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } received)
            {
                Interlocked.Add(ref _updates, buffer.AsSpan(0, received.Count).Count(EndOfMessage));
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Aborted at the end of the round.
        }
    }
}
