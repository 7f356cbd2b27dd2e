using EmotionStream.Contracts;
using EmotionStream.Sessions;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WebSocketOptions = Microsoft.AspNetCore.Builder.WebSocketOptions;

namespace EmotionStream.Tests.Hubs;

/// <summary>A client that stands still answers no ping, and its session ends.</summary>
public class FrozenClientTests
{
    [Fact]
    public async Task ClientThatNeverReadsNorSends_IsClosed_AndTheOneThatReadsStays()
    {
        await using var server = await TestServer.StartAsync(
            builder =>
            {
                builder.Logging.ClearProviders();
                // The server's own times, a hundred times as fast.
                builder.Services.PostConfigure<WebSocketOptions>(
                    sockets => (sockets.KeepAliveInterval, sockets.KeepAliveTimeout) = (sockets.KeepAliveInterval / 100, sockets.KeepAliveTimeout / 100));
            },
            "--Sessions:ResumeWithin=00:00:00");
        await using var reading = await server.ConnectAsync();
        await reading.StartAsync();
        await using var frozen = await HubTestClient.ConnectAsync(server.Address, "messagepack", reads: false);
        await frozen.SendAsync(new InvocationMessage("Start", [new StartRequest(Purpose.Research, Consent: true)]));
        await TestTimeouts.UntilAsync(() => server.Service<SessionRegistry>().Count == 2, "both sessions to begin");

        await TestTimeouts.UntilAsync(() => server.Service<SessionRegistry>().Count == 1, "the frozen client's session to end");

        await reading.SubmitAsync(1, TestPictures.Empty());
        await reading.NextAsync<Measured>();
    }
}
