namespace EmotionStream.Corrections;

/// <summary>Selects corrections; null means any.</summary>
/// <param name="Before">Only those made before this time, milliseconds since 1970.</param>
internal sealed record CorrectionFilter(string? Id = null, string? Contributor = null, int? Label = null, int? Answer = null, long? Before = null)
{
    public (string Where, (string Name, object? Value)[] Parameters) ToSql()
    {
        (string Condition, string Name, object? Value)[] all =
        [
            ("id = @id", "id", Id), ("contributor = @contributor", "contributor", Contributor), ("label = @label", "label", (long?)Label),
            ("answer = @answer", "answer", (long?)Answer), ("at < @before", "before", Before),
        ];
        var given = all.Where(condition => condition.Value is not null).ToList();
        var where = given.Count == 0 ? "" : " WHERE " + string.Join(" AND ", given.Select(condition => condition.Condition));
        return (where, [.. given.Select(condition => (condition.Name, condition.Value))]);
    }
}
