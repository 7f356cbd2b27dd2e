using System.Data.Common;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using EmotionStream.Contracts;
using EmotionStream.Faces.Emotion;
using EmotionStream.Storage;

namespace EmotionStream.History;

/// <summary>Reads the history in the order of time, page by page.</summary>
/// <remarks>Between two pages nothing is held open, so a slow reader holds up neither the database nor the clearing away of old data.</remarks>
internal sealed class HistoryReader(Database database)
{
    private const int PageSize = 2000;

    private const int MaxListed = 1000;

    private static readonly string SelectReadings =
        $"""
        SELECT r.at, r.room, r.person, p.name, r.face, {string.Join(", ", EmotionLabels.All)}
        FROM history_readings r LEFT JOIN history_people p ON p.room = r.room AND p.person = r.person
        WHERE r.at >= @at AND (r.at, r.person, r.room, r.face) > (@at, @lastPerson, @lastRoom, @lastFace) AND r.at < @to
        """;

    /// <summary>The readings themselves, or their means over the query's steps.</summary>
    public IAsyncEnumerable<HistoryReading> ReadAsync(HistoryQuery query, CancellationToken cancellation)
    {
        var readings = ReadEachAsync(query, cancellation);
        return query.StepMs == 0 ? readings : Downsampling.MeansAsync(readings, query.StepMs, cancellation);
    }

    /// <summary>Who is in a part of the history, the last seen first; the last thousand.</summary>
    public async Task<IReadOnlyList<HistoryPerson>> ListPeopleAsync(HistoryScope scope, CancellationToken cancellation)
    {
        var conditions = scope.Conditions().ToList();
        var where = conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions.Select(pair => pair.Condition));
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.Sql(
            $"SELECT room, person, name, first_at, last_at FROM history_people{where} ORDER BY last_at DESC, room, person LIMIT {MaxListed}",
            [.. conditions.Select(pair => pair.Parameter)]).ReadAsync(
                row => new HistoryPerson(row.GetString(0), row.GetString(1), Text(row, 2), row.GetInt64(3), row.GetInt64(4)), cancellation);
    }

    private async IAsyncEnumerable<HistoryReading> ReadEachAsync(HistoryQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Sorts before every true row of its time.
        (long At, string Person, string Room, string? Face) last = (query.From, "", "", "");
        while (true)
        {
            var page = await ReadPageAsync(query, last.At, last.Person, last.Room, last.Face, cancellation);
            foreach (var reading in page)
            {
                yield return reading;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            last = (page[^1].At, page[^1].Person, page[^1].Room, page[^1].Face);
        }
    }

    private async Task<List<HistoryReading>> ReadPageAsync(
        HistoryQuery query, long at, string person, string room, string? face, CancellationToken cancellation)
    {
        var conditions = query.Scope.Conditions().ToList();
        var sql = SelectReadings
            + string.Concat(conditions.Select(pair => $" AND r.{pair.Condition}"))
            + $" ORDER BY r.at, r.person, r.room, r.face LIMIT {PageSize}";
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.Sql(
            sql,
            [
                ("at", at), ("to", query.To), ("lastPerson", person), ("lastRoom", room), ("lastFace", face),
                .. conditions.Select(pair => pair.Parameter),
            ]).ReadAsync(ReadingOf, cancellation);
    }

    private static HistoryReading ReadingOf(DbDataReader row)
    {
        var emotions = new float[EmotionLabels.All.Count];
        for (var i = 0; i < emotions.Length; i++)
        {
            emotions[i] = row.GetFloat(5 + i);
        }

        return Describe(row.GetInt64(0), row.GetString(1), row.GetString(2), Text(row, 3), row.GetString(4), emotions, readings: 1);
    }

    /// <summary>What follows from the probabilities is not kept but computed again.</summary>
    public static HistoryReading Describe(long at, string room, string person, string? name, string? face, float[] emotions, int readings)
    {
        var dominant = TensorPrimitives.IndexOfMax(emotions);
        var (valence, arousal) = Circumplex.Place(emotions);
        return new HistoryReading(at, room, person, name, face, emotions, EmotionLabels.All[dominant], emotions[dominant], valence, arousal, readings);
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
