using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace EmotionStream.Chaos.Faults;

/// <summary>20 cameras that have started, and send one frame at a byte a second.</summary>
internal sealed class TricklingCamera : Fault
{
    private const int Cameras = 20;
    private const int Seconds = 45;

    public override string Name => "trickle";

    public override async Task<string> RunAsync(Ground ground, double scale)
    {
        var picture = TestPictures.Empty(160, 120);
        var count = (int)Math.Ceiling(Cameras * scale);
        await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            await using var client = await HubTestClient.ConnectAsync(ground.Server.Address, "messagepack");
            await client.StartAsync();
            var frame = client.Encode(new InvocationMessage("SubmitFrame", [1L, 0.0, picture]));
            for (var sent = 0; sent < Seconds * scale && !client.Answers.Completion.IsCompleted; sent++)
            {
                await client.SendRawAsync(frame.AsMemory(sent, 1), endOfMessage: false);
                // The fault itself: a byte a second.
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }));
        return $"{count} cameras of a byte a second";
    }
}
