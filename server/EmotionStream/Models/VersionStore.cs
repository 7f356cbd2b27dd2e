using System.Data.Common;
using System.Text.Json;
using EmotionStream.Faces.Emotion;
using EmotionStream.Storage;

namespace EmotionStream.Models;

/// <summary>Keeps versions of the emotion model, the files that were uploaded, and which of them runs.</summary>
/// <remarks>The files are in the database, so that every server that shares it can run them.</remarks>
internal sealed class VersionStore(Database database)
{
    private const string Columns = "id, at, kind, model, file, head, refusal, figures";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>False while nothing can have been kept yet.</summary>
    public bool MayHoldData => database.MayHoldData;

    /// <summary>Whether other servers may activate versions, too.</summary>
    public bool IsShared => database.IsShared;

    /// <summary>Why the database can't be used, for everybody.</summary>
    public string Explain(Exception problem) => database.Explain(problem);

    /// <summary>Keeps a version, whatever id it brings, and returns it with its own.</summary>
    /// <param name="file">What was uploaded; null where the version only replaces the head of a file that is there.</param>
    public async Task<ModelVersion> AddAsync(ModelVersion version, byte[]? file, CancellationToken cancellation)
    {
        var added = version;
        await database.PrepareAsync(FeedbackTables.Schema, cancellation);
        await database.ChangeAsync(
            async (connection, transaction) =>
            {
                if (file is not null)
                {
                    await connection.Sql(
                        "INSERT INTO model_files (sha256, content) VALUES (@sha256, @content) ON CONFLICT (sha256) DO UPDATE SET content = excluded.content",
                        ("sha256", version.ModelSha256), ("content", file)).In(transaction).RunAsync(cancellation);
                }

                added = version with { Id = await InsertAsync(connection, transaction, version, cancellation) };
            },
            cancellation);
        return added;
    }

    /// <summary>The bytes of an uploaded model; null if they are not there.</summary>
    public async Task<byte[]?> FindFileAsync(string sha256, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        return (await connection.Sql("SELECT content FROM model_files WHERE sha256 = @sha256", ("sha256", sha256))
            .ReadAsync(row => row.GetFieldValue<byte[]>(0), cancellation)).SingleOrDefault();
    }

    /// <summary>The newest first.</summary>
    public async Task<List<ModelVersion>> ListAsync(int most, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        return await connection.Sql($"SELECT {Columns} FROM model_versions ORDER BY id DESC LIMIT {most}").ReadAsync(Read, cancellation);
    }

    public async Task<ModelVersion?> FindAsync(long id, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        return (await connection.Sql($"SELECT {Columns} FROM model_versions WHERE id = @id", ("id", id)).ReadAsync(Read, cancellation)).SingleOrDefault();
    }

    /// <summary>The version that was activated last; null where that is the configured model.</summary>
    public async Task<ModelVersion?> FindActiveAsync(CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        return (await connection.Sql(
            $"SELECT {Columns} FROM model_versions WHERE id = (SELECT version FROM model_activations ORDER BY id DESC LIMIT 1)")
            .ReadAsync(Read, cancellation)).SingleOrDefault();
    }

    /// <summary>The same version's id, from tables that are there already: cheap enough to be asked for again and again.</summary>
    public async Task<long?> FindActiveIdAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.Sql("SELECT version FROM model_activations ORDER BY id DESC LIMIT 1").ReadNumberAsync(cancellation);
    }

    public async Task ActivateAsync(long version, long at, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        await connection.Sql("INSERT INTO model_activations (at, version) VALUES (@at, @version)", ("at", at), ("version", version)).RunAsync(cancellation);
    }

    /// <summary>The last activation and what ran before it, null being the configured model; nothing if there is none.</summary>
    public async Task<(long Activation, ModelVersion? Before)?> FindLastActivationAsync(CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        var last = await connection.Sql("SELECT id, version FROM model_activations ORDER BY id DESC LIMIT 2")
            .ReadAsync(row => (Id: row.GetInt64(0), Version: row.GetInt64(1)), cancellation);
        return last switch
        {
            [] => null,
            [var only] => (only.Id, null),
            [var newest, var before, ..] => (newest.Id, await FindAsync(before.Version, cancellation)),
        };
    }

    /// <summary>Takes an activation back; false if it is not the last one any more.</summary>
    public async Task<bool> TakeBackAsync(long activation, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        return await connection.Sql(
            "DELETE FROM model_activations WHERE id = @activation AND id = (SELECT MAX(id) FROM model_activations)", ("activation", activation))
            .RunAsync(cancellation) == 1;
    }

    private static async Task<long> InsertAsync(
        DbConnection connection, DbTransaction transaction, ModelVersion version, CancellationToken cancellation) =>
        (await connection.Sql(
            "INSERT INTO model_versions (at, kind, model, file, head, refusal, figures) VALUES (@at, @kind, @model, @file, @head, @refusal, @figures) RETURNING id",
            ("at", version.At), ("kind", version.Kind), ("model", version.ModelSha256), ("file", version.File),
            ("head", version.Head?.ToBytes() ?? []), ("refusal", version.Refusal), ("figures", JsonSerializer.Serialize(version.Figures, Json)))
            .In(transaction).ReadNumberAsync(cancellation))!.Value;

    private static ModelVersion Read(DbDataReader row)
    {
        var head = row.GetFieldValue<byte[]>(5);
        return new ModelVersion(
            row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4),
            head.Length == 0 ? null : EmotionHead.FromBytes(head),
            row.IsDBNull(6) ? null : row.GetString(6),
            JsonSerializer.Deserialize<VersionFigures>(row.GetString(7), Json)!);
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        await database.PrepareAsync(FeedbackTables.Schema, cancellation);
        return await database.OpenAsync(cancellation);
    }
}
