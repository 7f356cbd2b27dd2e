using EmotionStream.Contracts;

namespace EmotionStream.Rooms;

/// <summary>A room: its cameras, its viewers and the participants of its call, here and, as far as this server knows, on others.</summary>
internal sealed class Room(string name, RoomsOptions options, TimeProvider time)
{
    private TaskCompletionSource _change = NewChange();
    private TaskCompletionSource _arrival = NewChange();
    private volatile RoomMirror _elsewhere = RoomMirror.Empty;

    public string Name => name;

    public LimitedList<Person> People { get; } = new(options.MaxPeople);

    public LimitedList<Viewer> Viewers { get; } = new(options.MaxViewers);

    public LimitedList<Caller> Callers { get; } = new(options.MaxParticipants);

    /// <summary>Participants of the call who are on other servers.</summary>
    public LimitedList<RemoteCaller> CallersElsewhere { get; } = new(int.MaxValue);

    public RoomMirror Elsewhere => _elsewhere;

    public bool IsEmpty => People.All.Count + Viewers.All.Count + Callers.All.Count == 0;

    /// <summary>How often the fastest viewer wants to see the room, in updates a second.</summary>
    public double FastestRate => Viewers.All.Select(viewer => viewer.RateHz).DefaultIfEmpty().Max();

    /// <summary>Ends when somebody's camera leaves the room, or shares otherwise than before.</summary>
    public Task NextChange => Volatile.Read(ref _change).Task;

    /// <summary>Ends when news of other servers' cameras arrive.</summary>
    public Task NextArrival => Volatile.Read(ref _arrival).Task;

    /// <summary>Lets viewers know at once that somebody must not be shown any more, or not as before.</summary>
    public void AnnounceChange() => Renew(ref _change);

    /// <summary>Takes in what other servers have told of the room.</summary>
    public void Reflect(RoomMirror mirror)
    {
        var before = _elsewhere;
        _elsewhere = mirror;
        if (mirror.IsPartial != before.IsPartial || !Shown(before).SetEquals(Shown(mirror)))
        {
            AnnounceChange();
        }

        Renew(ref _arrival);
    }

    /// <summary>The room as it is now.</summary>
    public RoomUpdate Describe()
    {
        var (now, at) = (time.GetTimestamp(), time.GetUtcNow());
        List<RoomPerson> people = [];
        var mood = new MoodTally();
        foreach (var person in PeopleNow(now))
        {
            var described = Describe(person, now, at);
            people.Add(described);
            if (described.AgeMs <= options.ReadingCountsFor.TotalMilliseconds)
            {
                mood.Add(described.Faces);
            }
        }

        return new RoomUpdate(name, Milliseconds(at), people, mood.Sum(), _elsewhere.IsPartial ? true : null);
    }

    /// <summary>Those of this server whom the others may see.</summary>
    public IEnumerable<RemotePerson> PeopleHere(long now) =>
        People.All.Where(person => person.IsAdmitted && !person.IsLost(now, options.HideLostAfter)).Select(person => person.Describe());

    public static double Milliseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).TotalMilliseconds;

    private static HashSet<(string, Share)> Shown(RoomMirror mirror) => [.. mirror.People.Select(person => (person.Id, person.Share))];

    private IEnumerable<RemotePerson> PeopleNow(long now)
    {
        var elsewhere = _elsewhere.People;
        if (elsewhere.Count == 0)
        {
            return PeopleHere(now);
        }

        // A session that has just moved is told of by both servers for a moment.
        return PeopleHere(now).Concat(elsewhere)
            .GroupBy(person => person.Id, (_, same) => same.MaxBy(person => person.Moves)!)
            .OrderBy(person => person.Since);
    }

    private RoomPerson Describe(RemotePerson person, long now, DateTimeOffset at)
    {
        if (person.Newest is not { } newest)
        {
            return new RoomPerson(person.Id, person.Name, person.Share, Dominant: null, [], At: null, AgeMs: null);
        }

        // A reading may arrive after the moment that is described.
        var age = Math.Max(0, time.GetElapsedTime(newest.At, now).TotalMilliseconds);
        return new RoomPerson(person.Id, person.Name, person.Share, person.Dominant, [.. newest.Faces.Select(WithoutHeatmap)], Milliseconds(at) - age, age);
    }

    /// <summary>A heat map belongs to the sender who asked for it, and would double what viewers receive.</summary>
    private static FaceReading WithoutHeatmap(FaceReading face) => face.Heatmap is null ? face : face with { Heatmap = null };

    private static void Renew(ref TaskCompletionSource change) => Interlocked.Exchange(ref change, NewChange()).TrySetResult();

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
