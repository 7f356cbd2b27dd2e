using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EmotionStream.Fuzz.Targets;

/// <summary>Sends bytes where requests are expected.</summary>
internal static class RawHttp
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    /// <summary>The status of the first answer; null if the server just closed the connection.</summary>
    public static async Task<int?> SendAsync(Uri server, byte[] request)
    {
        // Reset at the end: tens of thousands of closed connections would wait for two minutes each.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) };
        await socket.ConnectAsync(IPAddress.Loopback, server.Port);
        var buffer = new byte[4096];
        var length = 0;
        try
        {
            await socket.SendAsync(request);
            var first = socket.ReceiveAsync(buffer.AsMemory()).AsTask();
            await Task.WhenAny(first, Task.Delay(Patience));
            if (!first.IsCompleted)
            {
                // The request promised more than there is.
                socket.Shutdown(SocketShutdown.Send);
            }

            length = await first;
        }
        catch (SocketException)
        {
            // Closed before all was sent; an answer may have come.
        }

        var text = Encoding.ASCII.GetString(buffer, 0, length);
        return length >= 12 && int.TryParse(text.AsSpan(9, 3), CultureInfo.InvariantCulture, out var status) ? status : null;
    }
}
