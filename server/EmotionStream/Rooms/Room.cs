using EmotionStream.Contracts;

namespace EmotionStream.Rooms;

/// <summary>A room: its cameras, its viewers and the participants of its call.</summary>
internal sealed class Room(string name, RoomsOptions options, TimeProvider time)
{
    private volatile TaskCompletionSource _change = NewChange();

    public string Name => name;

    public LimitedList<Person> People { get; } = new(options.MaxPeople);

    public LimitedList<Viewer> Viewers { get; } = new(options.MaxViewers);

    public LimitedList<Caller> Callers { get; } = new(options.MaxParticipants);

    public bool IsEmpty => People.All.Count + Viewers.All.Count + Callers.All.Count == 0;

    /// <summary>Ends when somebody's camera leaves the room, or shares otherwise than before.</summary>
    public Task NextChange => _change.Task;

    /// <summary>Lets viewers know at once that somebody must not be shown any more, or not as before.</summary>
    public void AnnounceChange()
    {
        var change = _change;
        _change = NewChange();
        change.TrySetResult();
    }

    /// <summary>The room as it is now.</summary>
    public RoomUpdate Describe()
    {
        var (now, at) = (time.GetTimestamp(), time.GetUtcNow());
        List<RoomPerson> people = [];
        var mood = new MoodTally();
        foreach (var person in People.All.Where(person => !person.IsLost(now, options.HideLostAfter)))
        {
            var described = person.Describe(now, at);
            people.Add(described);
            if (described.AgeMs <= options.ReadingCountsFor.TotalMilliseconds)
            {
                mood.Add(described.Faces);
            }
        }

        return new RoomUpdate(name, Milliseconds(at), people, mood.Sum());
    }

    public static double Milliseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).TotalMilliseconds;

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
