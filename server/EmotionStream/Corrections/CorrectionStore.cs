using System.Data.Common;
using System.Runtime.InteropServices;
using EmotionStream.Storage;

namespace EmotionStream.Corrections;

/// <summary>Keeps corrections.</summary>
internal sealed class CorrectionStore(Database database)
{
    private const string Columns = "id, at, contributor, source, model, label, answer, embedding";

    /// <summary>Adds one, unless the limit is reached; says whether it did.</summary>
    public async Task<bool> AddAsync(Correction correction, int most, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        return await Insertion(connection, correction, most).RunAsync(cancellation) == 1;
    }

    /// <summary>The command that adds a correction: it changes one row, or none where the limit is reached.</summary>
    public static DbCommand Insertion(DbConnection connection, Correction correction, int most) => connection.Sql(
        $"""
        INSERT INTO corrections ({Columns}) SELECT @id, @at, @contributor, @source, @model, @label, @answer, @embedding
        WHERE (SELECT COUNT(*) FROM corrections) < @most
        """,
        ("id", correction.Id), ("at", correction.At), ("contributor", correction.Contributor), ("source", correction.Source),
        ("model", correction.ModelSha256), ("label", (long)correction.Label), ("answer", (long)correction.Answer),
        ("embedding", MemoryMarshal.AsBytes<Half>(correction.Embedding).ToArray()), ("most", (long)most));

    public async Task<long> CountAsync(CorrectionFilter filter, CancellationToken cancellation)
    {
        var (where, parameters) = filter.ToSql();
        await using var connection = await OpenAsync(cancellation);
        return await connection.Sql("SELECT COUNT(*) FROM corrections" + where, parameters).ReadNumberAsync(cancellation) ?? 0;
    }

    /// <summary>The newest first.</summary>
    public async Task<List<Correction>> ListAsync(CorrectionFilter filter, int most, CancellationToken cancellation)
    {
        var (where, parameters) = filter.ToSql();
        await using var connection = await OpenAsync(cancellation);
        return await connection.Sql($"SELECT {Columns} FROM corrections{where} ORDER BY at DESC, id LIMIT {most}", parameters).ReadAsync(Read, cancellation);
    }

    /// <summary>All that a model can learn from, ordered by id, so that the same corrections always give the same order.</summary>
    public async Task<List<Correction>> ForTrainingAsync(string modelSha256, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        var all = await connection.Sql($"SELECT {Columns} FROM corrections WHERE model = @model", ("model", modelSha256)).ReadAsync(Read, cancellation);
        // Not in the database: SQLite and PostgreSQL sort text differently.
        all.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));
        return all;
    }

    /// <summary>Deletes them and the faces kept with them, and returns how many there were.</summary>
    public async Task<int> EraseAsync(CorrectionFilter filter, CancellationToken cancellation)
    {
        var (where, parameters) = filter.ToSql();
        await using var connection = await OpenAsync(cancellation);
        var erased = await connection.Sql("DELETE FROM corrections" + where, parameters).RunAsync(cancellation);
        await database.ForgetDeletedAsync(connection, cancellation);
        return erased;
    }

    private static Correction Read(DbDataReader row) => new(
        row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4),
        (int)row.GetInt64(5), (int)row.GetInt64(6), MemoryMarshal.Cast<byte, Half>(row.GetFieldValue<byte[]>(7)).ToArray());

    private async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        await database.PrepareAsync(FeedbackTables.Schema, cancellation);
        return await database.OpenAsync(cancellation);
    }
}
