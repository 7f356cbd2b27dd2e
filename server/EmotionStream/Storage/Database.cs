using System.Data.Common;

namespace EmotionStream.Storage;

/// <summary>The database in which parts of the server keep their tables; all that differs between SQLite and PostgreSQL is in its two kinds.</summary>
/// <remarks>
/// Everything is opened when it is needed and pooled below, so a database that comes back is used again without further ado. SQL is common
/// to both: parameters are @name, types BIGINT, REAL, DOUBLE PRECISION and TEXT, times are milliseconds since 1970.
/// </remarks>
internal abstract class Database : IAsyncDisposable
{
    private const string VersionTable = "CREATE TABLE IF NOT EXISTS schema_versions (part TEXT PRIMARY KEY, version BIGINT NOT NULL)";

    /// <summary>What and where it is, for the operator; without passwords.</summary>
    public abstract string Description { get; }

    /// <summary>What it is, for everybody.</summary>
    protected abstract string Kind { get; }

    /// <summary>False while nothing can have been kept yet, so that only looking creates no file.</summary>
    public virtual bool MayHoldData => true;

    /// <summary>Whether other servers may use it, too.</summary>
    public virtual bool IsShared => false;

    /// <summary>A connection that is ready for use; the receiver disposes it.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>Whether the database turned down the data themselves, so that sending them again would be in vain.</summary>
    public abstract bool IsRefusal(DbException problem);

    /// <summary>Does all of some work, or nothing of it if it fails: it is committed when the call returns.</summary>
    /// <exception cref="DbException">What the work or the commit failed with.</exception>
    public async Task ChangeAsync(Func<DbConnection, DbTransaction, Task> work, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await work(connection, transaction);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Sees to it that what was deleted is not left over in a file beside the tables.</summary>
    public virtual Task ForgetDeletedAsync(DbConnection connection, CancellationToken cancellation) => Task.CompletedTask;

    public abstract ValueTask DisposeAsync();

    /// <summary>Whether an exception means that the database can't be used at present, as opposed to an error of the program.</summary>
    public static bool IsOutage(Exception problem) =>
        problem is DbException or IOException or UnauthorizedAccessException or TimeoutException or StorageException;

    /// <summary>Why it can't be used, for everybody: in words that name no host, path or account.</summary>
    public string Explain(Exception problem) => $"{Kind} " + (Reason(problem) ?? problem switch
    {
        StorageException => "holds tables of a newer version of EmotionStream",
        UnauthorizedAccessException => "may not be used by the server's account",
        TimeoutException => "does not answer in time",
        IOException => "can't be opened",
        _ => "can't be used",
    });

    /// <summary>Brings a part's tables to their present form; several servers may do so at once.</summary>
    /// <exception cref="StorageException">They were made by a newer version of the program.</exception>
    public Task PrepareAsync(Schema schema, CancellationToken cancellation) => ChangeAsync(
        async (connection, transaction) =>
        {
            if (SchemaLock is { } schemaLock)
            {
                await connection.Sql(schemaLock).In(transaction).RunAsync(cancellation);
            }

            await connection.Sql(VersionTable).In(transaction).RunAsync(cancellation);
            var current = await connection.Sql("SELECT version FROM schema_versions WHERE part = @part", ("part", schema.Part))
                .In(transaction).ReadNumberAsync(cancellation) ?? 0;
            if (current > schema.Steps.Count)
            {
                throw new StorageException($"The {schema.Part} tables in {Description} were made by a newer version of EmotionStream.");
            }

            foreach (var step in schema.Steps.Skip((int)current))
            {
                await connection.Sql(Translate(step)).In(transaction).RunAsync(cancellation);
            }

            await connection.Sql(
                "INSERT INTO schema_versions (part, version) VALUES (@part, @version) ON CONFLICT (part) DO UPDATE SET version = excluded.version",
                ("part", schema.Part), ("version", (long)schema.Steps.Count)).In(transaction).RunAsync(cancellation);
        },
        cancellation);

    /// <summary>What the database's own errors mean; null for all others.</summary>
    protected abstract string? Reason(Exception problem);

    /// <summary>Keeps others from changing tables until the transaction ends, where beginning it does not.</summary>
    protected abstract string? SchemaLock { get; }

    protected abstract string Translate(string step);
}
