using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace EmotionStream.Chaos.Faults;

/// <summary>100 clients that start a session and then neither send nor read, and so answer no ping.</summary>
internal sealed class SilentClients : Fault
{
    private const int Clients = 100;

    public override string Name => "no-pings";

    public override async Task<string> RunAsync(Ground ground, double scale)
    {
        var count = (int)(Clients * scale);
        var before = (await ground.FiguresAsync()).Sessions;
        var clients = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => HubTestClient.ConnectAsync(ground.Server.Address, "messagepack", reads: false)));
        try
        {
            await Task.WhenAll(clients.Select(client => client.SendAsync(new InvocationMessage("Start", [new StartRequest(Purpose.Research, Consent: true)]))));
            await Ground.UntilAsync(async () => (await ground.FiguresAsync()).Sessions == before + count, "their sessions to begin");
            // It has to close them by itself, and to let go of their sessions half a minute later.
            await Ground.UntilAsync(async () => (await ground.FiguresAsync()).Sessions == before, "silent clients' sessions to end");
            return $"{count} silent clients, all closed by the server";
        }
        finally
        {
            foreach (var client in clients)
            {
                await client.DisposeAsync();
            }
        }
    }
}
