using EmotionStream.History;
using EmotionStream.Tests.Kit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;

namespace EmotionStream.Tests.History;

/// <summary>A database that is locked, full, gone or crashed costs nothing that was kept, and says so once.</summary>
[Collection(nameof(Alone))]
public class HistoryOutageTests
{
    [Fact]
    public Task Sqlite_Locked() => LoseAndRegainAsync("sqlite", async place =>
    {
        var other = new SqliteConnection($"Data Source={Path.Combine(place.Folder, "emotionstream.db")};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync("BEGIN IMMEDIATE");
        return async () =>
        {
            await ExecuteAsync("ROLLBACK");
            await other.DisposeAsync();
        };

        async Task ExecuteAsync(string sql)
        {
            await using var command = other.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    });

    [Fact]
    public Task Postgres_Crashed() => LoseAndRegainAsync("postgres", _ =>
    {
        PostgresServer.Get().Crash();
        return Task.FromResult<Func<Task>>(() =>
        {
            PostgresServer.Get().Start();
            return Task.CompletedTask;
        });
    });

    [Fact]
    public async Task Sqlite_Full_GoesOnOnceTheOperatorHasMadeRoom()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var kit = new HistoryKit(place, maxMegabytes: 1);
        var (old, young) = (kit.Source("blue", "old"), kit.Source("blue", "young"));
        for (var at = 0; !kit.Degradations.Any; at += 1000)
        {
            Keep(kit, old, at, 1000);
            await kit.StepAsync();
        }

        Assert.Contains("full", kit.Degradations.ToString(), StringComparison.Ordinal);
        Keep(kit, young, 0, 500);
        await kit.StepAsync();
        await kit.Writer.EraseAsync(new HistoryScope(Person: "old"), TestContext.Current.CancellationToken);
        await kit.StepAsync();

        Assert.False(kit.Degradations.Any);
        Assert.Equal(500, (await kit.ReadAsync(new HistoryScope("blue"))).Count);
    }

    [Fact]
    public async Task Sqlite_WhoseFilesAreGone_BeginsAnew_AndWritesWhatWaited()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var kit = new HistoryKit(place);
        var source = kit.Source("blue", "a");
        Keep(kit, source, 0, 1);
        await kit.StepAsync();

        foreach (var file in Directory.GetFiles(place.Folder))
        {
            File.Delete(file);
        }

        Keep(kit, source, 1, 1);
        await kit.StepAsync();
        Assert.True(kit.Degradations.Any);
        await kit.StepAsync();

        Assert.False(kit.Degradations.Any);
        Assert.Single(await kit.ReadAsync(new HistoryScope("blue")));
    }

    private static async Task LoseAndRegainAsync(string kind, Func<TestDatabase, Task<Func<Task>>> lose)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var kit = new HistoryKit(place, new HistoryOptions { Backlog = 5000 });
        using var written = kit.Count("emotionstream.history.written");
        var source = kit.Source("blue", "a");
        Keep(kit, source, 0, 10);
        await kit.StepAsync();

        var regain = await lose(place);
        try
        {
            Keep(kit, source, 10, 2500);
            await kit.StepAsync();
            await kit.StepAsync();
            Assert.True(kit.Degradations.Any);
            Assert.Equal(2500, kit.Writer.Waiting);
            Assert.Single(kit.Logs.Lines, line => line.Level == LogLevel.Warning);
        }
        finally
        {
            await regain();
        }

        Keep(kit, source, 2510, 10);
        await kit.StepAsync();
        Assert.False(kit.Degradations.Any);
        Assert.Single(kit.Logs.Lines, line => line.Level == LogLevel.Warning);
        Assert.Single(kit.Logs.Lines, line => line.Level == LogLevel.Information);
        Assert.Equal(Enumerable.Range(0, 2520), (await kit.ReadAsync(new HistoryScope("blue"))).Select(reading => (int)reading.At));
        Assert.Equal(2520, written.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    private static void Keep(HistoryKit kit, HistorySource source, int from, int count)
    {
        for (var at = from; at < from + count; at++)
        {
            kit.Queue.Offer(new HistoryEntry(source, at, HistoryKit.Reading("happy")));
        }
    }
}
