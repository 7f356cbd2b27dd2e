namespace EmotionStream.History;

/// <summary>A part of the history: all that matches what is given, everything if nothing is.</summary>
internal sealed record HistoryScope(string? Room = null, string? Person = null, string? Owner = null)
{
    public bool Contains(HistorySource source) =>
        (Room is null || Room == source.Room) && (Person is null || Person == source.Person) && (Owner is null || Owner == source.Owner);

    /// <summary>The same as conditions of a query, each with its parameter.</summary>
    public IEnumerable<(string Condition, (string Name, object? Value) Parameter)> Conditions()
    {
        if (Room is not null)
        {
            yield return ("room = @room", ("room", Room));
        }

        if (Person is not null)
        {
            yield return ("person = @person", ("person", Person));
        }

        if (Owner is not null)
        {
            yield return ("person IN (SELECT person FROM history_people WHERE owner = @owner)", ("owner", Owner));
        }
    }
}
