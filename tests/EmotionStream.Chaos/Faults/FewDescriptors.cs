using System.Net;
using System.Net.Sockets;

namespace EmotionStream.Chaos.Faults;

/// <summary>More connections than the server may have files open: those that are there go on, and later ones get in once there is room.</summary>
internal sealed class FewDescriptors : Fault
{
    private const int Limit = 500;
    private const int Connections = 800;
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(10);

    public override string Name => "descriptors";

    public override Task<Ground> PrepareAsync() => Ground.StartAsync(["prlimit", $"--nofile={Limit}", "--"], [], () => { });

    public override async Task<string> RunAsync(Ground ground, double scale)
    {
        List<Socket> sockets = [];
        try
        {
            for (var i = 0; i < Connections; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, ground.Server.Address.Port);
            }

            await Task.Delay(Held * scale);
            if (ground.Server.HasEnded)
            {
                throw new ChaosException("the server died");
            }
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }

        using var fresh = new HttpClient { BaseAddress = ground.Server.Address };
        return await fresh.GetStringAsync(Ground.Address("/healthz")) == "alive" ? $"{Connections} connections to a server of {Limit} descriptors" : throw new ChaosException("no answer afterwards");
    }
}
