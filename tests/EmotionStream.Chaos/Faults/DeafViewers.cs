using EmotionStream.Benchmarks;

namespace EmotionStream.Chaos.Faults;

/// <summary>300 viewers of the others' room, of whom 100 never read.</summary>
internal sealed class DeafViewers : Fault
{
    private const int Viewers = 300;
    private const int Deaf = 100;
    private static readonly TimeSpan Watching = TimeSpan.FromSeconds(20);

    public override string Name => "deaf-viewers";

    public override async Task<string> RunAsync(Ground ground, double scale)
    {
        var (viewers, deaf) = ((int)(Viewers * scale), (int)(Deaf * scale));
        await using var crowd = await RoomCrowd.GatherAsync(ground.Server.Address, Ground.Room, viewers, deaf);
        await Task.Delay(Watching);
        return crowd.Updates > viewers - deaf ? $"{viewers} viewers, {deaf} deaf, {crowd.Updates} updates read" : throw new ChaosException($"{viewers - deaf} viewers got {crowd.Updates} updates");
    }
}
