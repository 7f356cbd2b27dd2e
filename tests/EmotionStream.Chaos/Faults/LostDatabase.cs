using EmotionStream.Tests.Kit;

namespace EmotionStream.Chaos.Faults;

/// <summary>PostgreSQL crashes and comes back: readings wait in memory meanwhile.</summary>
internal sealed class LostDatabase : Fault
{
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(15);

    public override string Name => "postgres";

    public override async Task<Ground> PrepareAsync() => await Ground.StartAsync($"--Storage:Postgres={await PostgresServer.Get().CreateDatabaseAsync()}");

    public override async Task<string> RunAsync(Ground ground, double scale)
    {
        var postgres = PostgresServer.Get();
        postgres.Crash();
        await Ground.UntilAsync(async () => (await ground.Http.GetStringAsync(Ground.Address("/readyz"))).Contains("degraded", StringComparison.Ordinal), "the server to say that its database is away");
        await Task.Delay(Away * scale);
        postgres.Start();
        await Ground.UntilAsync(async () => !(await ground.Http.GetStringAsync(Ground.Address("/readyz"))).Contains("degraded", StringComparison.Ordinal), "the server to write again");
        var (written, kept) = await ground.CountHistoryAsync();
        return kept >= written ? $"{written} readings written before and after" : throw new ChaosException($"{written} readings were written, {kept} are there");
    }
}
