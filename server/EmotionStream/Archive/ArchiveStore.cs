using System.Data.Common;
using EmotionStream.Corrections;
using EmotionStream.Storage;

namespace EmotionStream.Archive;

/// <summary>Stores who has opted in to the face archive, and the faces of their corrections.</summary>
internal sealed class ArchiveStore(Database database, CorrectionStore corrections)
{
    private const string Faces = "archived_faces JOIN corrections ON corrections.id = archived_faces.correction";

    /// <summary>Records that a contributor has opted in; false where the limit is reached.</summary>
    public async Task<bool> OptInAsync(string contributor, long at, int most, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        await connection.Sql(
            """
            INSERT INTO archive_consents (contributor, at) SELECT @contributor, @at WHERE (SELECT COUNT(*) FROM archive_consents) < @most
            ON CONFLICT (contributor) DO NOTHING
            """,
            ("contributor", contributor), ("at", at), ("most", (long)most)).RunAsync(cancellation);
        return await HasOptedInAsync(connection, contributor, cancellation);
    }

    public async Task<bool> HasOptedInAsync(string contributor, CancellationToken cancellation)
    {
        if (!database.MayHoldData)
        {
            return false;
        }

        await using var connection = await OpenAsync(cancellation);
        return await HasOptedInAsync(connection, contributor, cancellation);
    }

    /// <summary>Deletes a contributor's consent and every face kept of them, and returns how many those were.</summary>
    public async Task<int> WithdrawAsync(string contributor, CancellationToken cancellation)
    {
        if (!database.MayHoldData)
        {
            return 0;
        }

        await using var connection = await OpenAsync(cancellation);
        var faces = await CountAsync(new CorrectionFilter(Contributor: contributor), cancellation);
        await connection.Sql("DELETE FROM archive_consents WHERE contributor = @contributor", ("contributor", contributor)).RunAsync(cancellation);
        await database.ForgetDeletedAsync(connection, cancellation);
        return (int)faces;
    }

    /// <summary>Stores a correction and its face in one transaction; the face only if its contributor's consent holds at that moment.</summary>
    public async Task<(bool Kept, bool Archived)> AddAsync(Correction correction, EncryptedFace face, int most, CancellationToken cancellation)
    {
        await database.PrepareAsync(FeedbackTables.Schema, cancellation);
        var (kept, archived) = (false, false);
        try
        {
            await database.ChangeAsync(
                async (connection, transaction) =>
                {
                    kept = await CorrectionStore.Insertion(connection, correction, most).In(transaction).RunAsync(cancellation) == 1;
                    archived = kept && await connection.Sql(
                        """
                        INSERT INTO archived_faces (correction, person, key_id, sealed)
                        SELECT @correction, contributor, @key, @sealed FROM archive_consents WHERE contributor = @contributor
                        """,
                        ("correction", correction.Id), ("key", face.KeyId), ("sealed", face.Bytes), ("contributor", correction.Contributor))
                        .In(transaction).RunAsync(cancellation) == 1;
                },
                cancellation);
            return (kept, archived);
        }
        catch (DbException problem) when (database.IsRefusal(problem))
        {
            // The consent was withdrawn between the two statements.
            return (await corrections.AddAsync(correction, most, cancellation), false);
        }
    }

    public async Task<long> CountAsync(CorrectionFilter filter, CancellationToken cancellation)
    {
        var (where, parameters) = filter.ToSql();
        await using var connection = await OpenAsync(cancellation);
        return await connection.Sql($"SELECT COUNT(*) FROM {Faces}{where}", parameters).ReadNumberAsync(cancellation) ?? 0;
    }

    /// <summary>The newest first.</summary>
    public async Task<List<ArchivedFace>> ListAsync(CorrectionFilter filter, int most, CancellationToken cancellation)
    {
        var (where, parameters) = filter.ToSql();
        await using var connection = await OpenAsync(cancellation);
        return await connection.Sql(
            $"SELECT id, at, contributor, source, label, answer, key_id, sealed FROM {Faces}{where} ORDER BY at DESC, id LIMIT {most}", parameters)
            .ReadAsync(Read, cancellation);
    }

    /// <summary>Deletes the faces of these corrections, not the corrections, and returns how many there were.</summary>
    public async Task<int> DeleteAsync(CorrectionFilter filter, CancellationToken cancellation)
    {
        if (!database.MayHoldData)
        {
            return 0;
        }

        var (where, parameters) = filter.ToSql();
        await using var connection = await OpenAsync(cancellation);
        var deleted = await connection.Sql($"DELETE FROM archived_faces WHERE correction IN (SELECT id FROM corrections{where})", parameters).RunAsync(cancellation);
        await database.ForgetDeletedAsync(connection, cancellation);
        return deleted;
    }

    private static async Task<bool> HasOptedInAsync(DbConnection connection, string contributor, CancellationToken cancellation) =>
        await connection.Sql("SELECT COUNT(*) FROM archive_consents WHERE contributor = @contributor", ("contributor", contributor))
            .ReadNumberAsync(cancellation) == 1;

    private static ArchivedFace Read(DbDataReader row) => new(
        row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetString(3), (int)row.GetInt64(4), (int)row.GetInt64(5),
        new EncryptedFace(row.GetString(6), row.GetFieldValue<byte[]>(7)));

    private async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        await database.PrepareAsync(FeedbackTables.Schema, cancellation);
        return await database.OpenAsync(cancellation);
    }
}
