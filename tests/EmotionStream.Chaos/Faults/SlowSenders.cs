using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EmotionStream.Chaos.Faults;

/// <summary>200 connections that never finish: a request's head, an upload's body, a web socket's greeting, a few bytes at a time.</summary>
internal sealed class SlowSenders : Fault
{
    private const int Connections = 200;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly string[] Beginnings =
    [
        "GET / HTTP/1.1\r\nHost: localhost\r\n",
        "POST /api/v1/images HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\nContent-Length: 1000000\r\n\r\n",
        "POST /api/v1/videos HTTP/1.1\r\nHost: localhost\r\nContent-Type: video/mp4\r\nContent-Length: 1000000\r\n\r\n",
        "GET /hubs/camera HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    ];

    public override string Name => "slow-senders";

    public override async Task<string> RunAsync(Ground ground, double scale)
    {
        var count = (int)(Connections * scale);
        var closed = await Task.WhenAll(Enumerable.Range(0, count).Select(number => IsClosedAsync(ground.Server.Address.Port, Beginnings[number % Beginnings.Length])));
        var open = closed.Count(ended => !ended);
        return open == 0 ? $"{count} slow connections, all closed by the server" : throw new ChaosException($"{open} of {count} slow connections are still open after {Patience.TotalSeconds} s");
    }

    private static async Task<bool> IsClosedAsync(int port, string beginning)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(beginning));
        var ended = EndAsync(socket);
        for (var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds; !ended.IsCompleted && Environment.TickCount64 < until; await Task.WhenAny(ended, Task.Delay(Pace)))
        {
            try
            {
                await socket.SendAsync("x"u8.ToArray());
            }
            catch (SocketException)
            {
                return true;
            }
        }

        return ended.IsCompleted;
    }

    private static async Task EndAsync(Socket socket)
    {
        var buffer = new byte[1024];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (SocketException)
        {
        }
    }
}
