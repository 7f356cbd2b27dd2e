using EmotionStream.Storage;

namespace EmotionStream.History;

/// <summary>Changes the history's tables.</summary>
internal sealed class HistoryStore(Database database)
{
    public Task PrepareAsync(CancellationToken cancellation) => database.PrepareAsync(HistoryTables.Schema, cancellation);

    /// <summary>Writes a batch: all of it is there when the call returns, or nothing of it is.</summary>
    public Task WriteAsync(IReadOnlyList<HistoryEntry> batch, CancellationToken cancellation) => database.ChangeAsync(
        async (connection, transaction) =>
        {
            await connection.RunManyAsync(transaction, HistoryTables.InsertPerson, HistoryTables.PersonColumns, PeopleIn(batch), cancellation);
            await connection.RunManyAsync(transaction, HistoryTables.InsertReading, HistoryTables.ReadingColumns, batch.Select(RowOf), cancellation);
        },
        cancellation);

    /// <summary>Erases a part of the history and returns how many readings that were.</summary>
    public async Task<long> EraseAsync(HistoryScope scope, CancellationToken cancellation)
    {
        var conditions = scope.Conditions().ToList();
        var where = conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions.Select(pair => pair.Condition));
        (string, object?)[] parameters = [.. conditions.Select(pair => pair.Parameter)];
        var readings = 0;
        await database.ChangeAsync(
            async (connection, transaction) =>
            {
                var erase = connection.Sql("DELETE FROM history_readings" + where, parameters).In(transaction);
                // Years may take longer than the time a query usually has.
                erase.CommandTimeout = 0;
                readings = await erase.RunAsync(cancellation);
                await connection.Sql("DELETE FROM history_people" + where, parameters).In(transaction).RunAsync(cancellation);
            },
            cancellation);
        await using var after = await database.OpenAsync(cancellation);
        await database.ForgetDeletedAsync(after, cancellation);
        return readings;
    }

    /// <summary>Erases what is older than a time, room by room, since that is how the readings are sorted.</summary>
    public async Task PruneAsync(long before, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rooms = await connection.Sql("SELECT DISTINCT room FROM history_people").ReadAsync(row => row.GetString(0), cancellation);
        foreach (var room in rooms)
        {
            var prune = connection.Sql("DELETE FROM history_readings WHERE room = @room AND at < @before", ("room", room), ("before", before));
            prune.CommandTimeout = 0;
            await prune.RunAsync(cancellation);
        }

        await connection.Sql("DELETE FROM history_people WHERE last_at < @before", ("before", before)).RunAsync(cancellation);
    }

    private static IEnumerable<object?[]> PeopleIn(IReadOnlyList<HistoryEntry> batch) => batch
        .GroupBy(entry => entry.Source)
        .Select(own => (object?[])[own.Key.Room, own.Key.Person, own.Key.Name, own.Key.Owner, own.Min(entry => entry.At), own.Max(entry => entry.At)]);

    private static object?[] RowOf(HistoryEntry entry) =>
        [entry.Source.Room, entry.At, entry.Source.Person, entry.Face.Id, .. entry.Face.Emotions.Select(share => (object?)share)];
}
