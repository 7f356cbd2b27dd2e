using EmotionStream.Tests.Kit;

namespace EmotionStream.Chaos.Faults;

/// <summary>10,000 senders who connect, start, send a frame and are gone without a word.</summary>
internal sealed class Vanishing : Fault
{
    private const int Cycles = 10_000;
    private const int AtOnce = 8;

    public override string Name => "vanishing";

    // Else they would fill the server's thousand sessions within seconds, as they ought to.
    public override Task<Ground> PrepareAsync() => Ground.StartAsync("--Sessions:ResumeWithin=00:00:01");

    public override async Task<string> RunAsync(Ground ground, double scale)
    {
        var cycles = (int)(Cycles * scale);
        var picture = TestPictures.Empty(160, 120);
        await Parallel.ForAsync(0, cycles, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            await using var client = await HubTestClient.ConnectAsync(ground.Server.Address, number % 2 == 0 ? "json" : "messagepack");
            await client.StartAsync();
            await client.SubmitAsync(1, picture);
            client.Vanish();
        });
        return $"{cycles} connected and vanished";
    }
}
