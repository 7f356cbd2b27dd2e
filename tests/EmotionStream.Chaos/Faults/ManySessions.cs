using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Chaos.Faults;

/// <summary>1,000 senders at once, which with the others is more than the server takes: each gets a session and answers, or is told that it is full.</summary>
internal sealed class ManySessions : Fault
{
    private const int Senders = 1000;

    public override string Name => "sessions";

    public override async Task<string> RunAsync(Ground ground, double scale)
    {
        var count = (int)(Senders * scale);
        var picture = TestPictures.Empty(160, 120);
        var (answered, refused) = (0, 0);
        List<HubTestClient> clients = [];
        try
        {
            await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
            {
                var client = await HubTestClient.ConnectAsync(ground.Server.Address, "messagepack");
                lock (clients)
                {
                    clients.Add(client);
                }

                try
                {
                    await client.StartAsync();
                    await client.SubmitAsync(1, picture);
                    await client.NextAsync();
                    Interlocked.Increment(ref answered);
                }
                catch (HubException full) when (full.Message.Contains("too_many_sessions", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref refused);
                }
            }));
        }
        finally
        {
            foreach (var client in clients)
            {
                await client.DisposeAsync();
            }
        }

        return answered + refused == count ? $"{answered} sessions at once, {refused} more refused" : throw new ChaosException($"{answered} answered and {refused} refused of {count}");
    }
}
