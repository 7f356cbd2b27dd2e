using System.Data.Common;
using System.Runtime.Versioning;
using EmotionStream.Storage;
using EmotionStream.Tests.Kit;
using Microsoft.Data.Sqlite;

namespace EmotionStream.Tests.Storage;

/// <summary>What the parts that keep something rely on, the same over SQLite and PostgreSQL.</summary>
[Collection(nameof(Alone))]
public class DatabaseTests
{
    private static readonly Schema First = new("notes", "CREATE TABLE notes (id {id}, text TEXT NOT NULL, seal {bytes})");

    private static readonly Schema Second = new(First.Part, First.Steps[0], "ALTER TABLE notes ADD COLUMN stars BIGINT NOT NULL DEFAULT 3");

    public static TheoryData<string> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Prepare_TakesEachStepOnce_AndKeepsWhatIsThere(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var database = place.Open();
        await database.PrepareAsync(First, Cancellation);
        await database.PrepareAsync(First, Cancellation);
        await AddAsync(database, "one", [1, 2, 3]);

        await database.PrepareAsync(Second, Cancellation);
        await database.PrepareAsync(Second, Cancellation);
        await AddAsync(database, "two", null);

        await using var connection = await database.OpenAsync(Cancellation);
        var notes = await connection.Sql("SELECT id, text, seal, stars FROM notes ORDER BY id").ReadAsync(
            row => (row.GetInt64(0), row.GetString(1), row.IsDBNull(2) ? null : Convert.ToHexString(row.GetFieldValue<byte[]>(2)), row.GetInt64(3)), Cancellation);
        Assert.Equal([(1, "one", "010203", 3), (2, "two", null, 3)], notes);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Prepare_OfTablesByANewerVersion_IsRefused_AndChangesNothing(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var database = place.Open();
        await database.PrepareAsync(Second, Cancellation);

        var problem = await Assert.ThrowsAsync<StorageException>(() => database.PrepareAsync(First, Cancellation));

        Assert.True(Database.IsOutage(problem));
        Assert.EndsWith(" holds tables of a newer version of EmotionStream", database.Explain(problem), StringComparison.Ordinal);
        await database.PrepareAsync(Second, Cancellation);
        await AddAsync(database, "still there", null);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Prepare_ByManyAtOnce_TakesEachStepOnce(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var database = place.Open();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => database.PrepareAsync(Second, Cancellation), Cancellation)));

        await AddAsync(database, "one", null);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Prepare_WithAStepThatFails_LeavesNothingOfItBehind(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var database = place.Open();
        var broken = new Schema(First.Part, First.Steps[0], "CREATE TABLE half (id {id}); CREATE TABLE notes (id {id})");

        await Assert.ThrowsAnyAsync<DbException>(() => database.PrepareAsync(broken, Cancellation));

        await using var connection = await database.OpenAsync(Cancellation);
        await Assert.ThrowsAnyAsync<DbException>(() => connection.Sql("SELECT COUNT(*) FROM half").ReadNumberAsync(Cancellation));
        await database.PrepareAsync(Second, Cancellation);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task RunMany_RunsTheStatementForEveryRow_OrForNone(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var database = place.Open();
        await database.PrepareAsync(First, Cancellation);

        await AddManyAsync([["one", null], ["two", new byte[] { 7 }], ["three", null]]);
        var problem = await Assert.ThrowsAnyAsync<DbException>(() => AddManyAsync([["four", null], [null, null]]));

        Assert.True(database.IsRefusal(problem));
        await using var connection = await database.OpenAsync(Cancellation);
        Assert.Equal(["one", "two", "three"], await connection.Sql("SELECT text FROM notes ORDER BY id").ReadAsync(row => row.GetString(0), Cancellation));

        async Task AddManyAsync(object?[][] rows)
        {
            await database.ChangeAsync(
                (connection, transaction) => connection.RunManyAsync(
                    transaction, "INSERT INTO notes (text, seal) VALUES (@text, @seal)", ["text", "seal"], rows, Cancellation),
                Cancellation);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Change_ThatFails_SaysWhatItFailedWith_AndLeavesNothing(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var database = place.Open();
        await database.PrepareAsync(First, Cancellation);

        var problem = await Assert.ThrowsAnyAsync<DbException>(() => database.ChangeAsync(
            async (connection, transaction) =>
            {
                await connection.Sql("INSERT INTO notes (text) VALUES ('one')").In(transaction).RunAsync(Cancellation);
                await connection.Sql("INSERT INTO notes (text) VALUES (NULL)").In(transaction).RunAsync(Cancellation);
            },
            Cancellation));

        Assert.True(database.IsRefusal(problem));
        await AddAsync(database, "three", null);
        await using var connection = await database.OpenAsync(Cancellation);
        Assert.Equal(["three"], await connection.Sql("SELECT text FROM notes").ReadAsync(row => row.GetString(0), Cancellation));
    }

    [Fact]
    public async Task Sqlite_WhoseCommitFails_SaysWhy_AndCanBeUsedAgain()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var database = place.Open();
        await database.PrepareAsync(First, Cancellation);

        for (var i = 0; i < 3; i++)
        {
            // As on a full disk: the commit fails, and SQLite has rolled back by itself.
            var problem = await Assert.ThrowsAnyAsync<DbException>(() => database.ChangeAsync(
                async (connection, transaction) =>
                {
                    var handle = ((SqliteConnection)connection).Handle;
                    SQLitePCL.raw.sqlite3_commit_hook(handle, _ => 1, null);
                    await connection.Sql("INSERT INTO notes (text) VALUES ('lost')").In(transaction).RunAsync(Cancellation);
                },
                Cancellation));
            Assert.Contains("constraint failed", problem.Message, StringComparison.Ordinal);
            await using var connection = await database.OpenAsync(Cancellation);
            SQLitePCL.raw.sqlite3_commit_hook(((SqliteConnection)connection).Handle, null, null);
        }

        await AddAsync(database, "kept", null);
        await using var after = await database.OpenAsync(Cancellation);
        Assert.Equal(["kept"], await after.Sql("SELECT text FROM notes").ReadAsync(row => row.GetString(0), Cancellation));
    }

    [Fact]
    public async Task Sqlite_WhoseFileIsDeleted_BeginsAnewInsteadOfWritingToNowhere()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var database = place.Open();
        await database.PrepareAsync(First, Cancellation);
        await AddAsync(database, "lost", null);

        foreach (var file in Directory.GetFiles(place.Folder))
        {
            File.Delete(file);
        }

        var problem = await Assert.ThrowsAnyAsync<DbException>(() => AddAsync(database, "no table for it", null));
        Assert.True(Database.IsOutage(problem));
        Assert.False(database.IsRefusal(problem));
        await database.PrepareAsync(First, Cancellation);
        await AddAsync(database, "kept", null);
        Assert.True(File.Exists(Path.Combine(place.Folder, "emotionstream.db")));
    }

    [Fact]
    public async Task Sqlite_AtItsSizeLimit_FailsAsAFullDiskDoes_AndGoesOnOnceThereIsRoom()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var database = place.Open(maxMegabytes: 1);
        await database.PrepareAsync(First, Cancellation);
        var kilobytes = new byte[100_000];

        var problem = await Assert.ThrowsAnyAsync<DbException>(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await AddAsync(database, "big", kilobytes);
            }
        });

        Assert.True(Database.IsOutage(problem));
        Assert.False(database.IsRefusal(problem));
        await using (var connection = await database.OpenAsync(Cancellation))
        {
            Assert.InRange(await connection.Sql("DELETE FROM notes").RunAsync(Cancellation), 1, 10);
        }

        await AddAsync(database, "big", kilobytes);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Sqlite_IsReadableByItsOwnAccountOnly()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        var folder = new DataFolder(Microsoft.Extensions.Options.Options.Create(new StorageOptions { DataDirectory = Path.Combine(place.Folder, "new") }));

        folder.Place("versions", "one.onnx");

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(owner, File.GetUnixFileMode(folder.Root));
        Assert.Equal(owner, File.GetUnixFileMode(Path.Combine(folder.Root, "versions")));
    }

    [Fact]
    public async Task Postgres_ThatCrashed_IsUsedAgainOnceItIsBack()
    {
        await using var place = await TestDatabase.CreateAsync("postgres");
        await using var database = place.Open();
        await database.PrepareAsync(First, Cancellation);
        await AddAsync(database, "before", null);

        PostgresServer.Get().Crash();
        Exception? problem;
        try
        {
            problem = await Record.ExceptionAsync(() => AddAsync(database, "during", null));
        }
        finally
        {
            PostgresServer.Get().Start();
        }

        Assert.True(Database.IsOutage(Assert.IsAssignableFrom<Exception>(problem)));
        await AddAsync(database, "after", null);
        await using var connection = await database.OpenAsync(Cancellation);
        Assert.Equal(["before", "after"], await connection.Sql("SELECT text FROM notes ORDER BY id").ReadAsync(row => row.GetString(0), Cancellation));
    }

    private static async Task AddAsync(Database database, string text, byte[]? seal)
    {
        await using var connection = await database.OpenAsync(Cancellation);
        await connection.Sql("INSERT INTO notes (text, seal) VALUES (@text, @seal)", ("text", text), ("seal", seal)).RunAsync(Cancellation);
    }
}
