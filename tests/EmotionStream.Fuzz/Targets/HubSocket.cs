using System.Net.WebSockets;
using System.Text;

namespace EmotionStream.Fuzz.Targets;

/// <summary>A connection to a hub that sends whatever it is given, and can ask whether the server still answers on it.</summary>
internal sealed class HubSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly List<byte> _tail = [];

    public static async Task<HubSocket> ConnectAsync(Uri server, string hub, string protocol)
    {
        var connection = new HubSocket();
        await connection._socket.ConnectAsync(new UriBuilder(new Uri(server, hub)) { Scheme = "ws" }.Uri, CancellationToken.None);
        await connection.SendAsync(Encoding.UTF8.GetBytes($"{{\"protocol\":\"{protocol}\",\"version\":1}}\u001e"));
        return connection;
    }

    /// <summary>False once the server has closed the connection.</summary>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            return true;
        }
        catch (Exception problem) when (problem is WebSocketException or IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Reads until some bytes have come; false if the server closes the connection first.</summary>
    public async Task<bool> ReadUntilAsync(byte[] sought, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var result = await _socket.ReceiveAsync(_buffer.AsMemory(), cancellation);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return false;
                }

                _tail.AddRange(_buffer.AsSpan(0, result.Count));
                if (System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_tail).IndexOf(sought) >= 0)
                {
                    _tail.Clear();
                    return true;
                }

                _tail.RemoveRange(0, Math.Max(0, _tail.Count - sought.Length));
            }
        }
        catch (Exception problem) when (problem is WebSocketException or IOException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
    }
}
