using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace EmotionStream.Storage;

/// <summary>The embedded database: one file, nothing to set up.</summary>
/// <remarks>Its calls do their work on the caller's thread, whatever their names say.</remarks>
internal sealed class SqliteDatabase : Database
{
    // How long a call waits for a lock of another process or of a backup.
    private const int PatienceSeconds = 3;

    private const long PageSize = 4096;

    // https://www.sqlite.org/rescode.html
    private const int Busy = 5, Locked = 6, ReadOnly = 8, DiskError = 10, Corrupt = 11, Full = 13, CantOpen = 14, TooBig = 18, Constraint = 19, Mismatch = 20, NoDatabase = 26;

    private readonly DataFolder _folder;
    private readonly string _pragmas;

    public SqliteDatabase(DataFolder folder, int? maxMegabytes)
    {
        _folder = folder;
        // FULL: a commit is on the disk when it returns. secure_delete: what people erase is overwritten, not just unlinked.
        _pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
            + (maxMegabytes is { } most ? $"PRAGMA max_page_count = {most * 1024L * 1024 / PageSize};" : "");
    }

    public override string Description => $"the SQLite file {Path.Combine(_folder.Root, FileName)}";

    protected override string Kind => "SQLite";

    public override bool MayHoldData => File.Exists(Path.Combine(_folder.Root, FileName));

    protected override string? SchemaLock => null;

    private static string FileName => "emotionstream.db";

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        var path = _folder.Place(FileName);
        var connection = Create(path);
        if (!File.Exists(path))
        {
            // A pooled connection would go on writing to a file that has been deleted.
            SqliteConnection.ClearPool(connection);
        }

        try
        {
            await connection.OpenAsync(cancellation);
            await connection.Sql(_pragmas).RunAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override bool IsRefusal(DbException problem) =>
        problem is SqliteException { SqliteErrorCode: TooBig or Constraint or Mismatch };

    /// <summary>Empties the log that changes are written to first.</summary>
    public override Task ForgetDeletedAsync(DbConnection connection, CancellationToken cancellation) =>
        connection.Sql("PRAGMA wal_checkpoint(TRUNCATE)").RunAsync(cancellation);

    public override ValueTask DisposeAsync()
    {
        using var connection = Create(Path.Combine(_folder.Root, FileName));
        SqliteConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }

    protected override string? Reason(Exception problem) => problem is not SqliteException { SqliteErrorCode: var code } ? null : code switch
    {
        Busy or Locked => "is locked by another program",
        ReadOnly => "can't be written to",
        DiskError => "met an error of its disk",
        Corrupt or NoDatabase => "is damaged",
        Full => "is full",
        CantOpen => "can't be opened",
        _ => $"answers with error {code}",
    };

    protected override string Translate(string step) => step
        .Replace("{id}", "INTEGER PRIMARY KEY AUTOINCREMENT", StringComparison.Ordinal)
        .Replace("{bytes}", "BLOB", StringComparison.Ordinal);

    private static SqliteConnection Create(string path) => new(
        new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = PatienceSeconds }.ToString());
}
