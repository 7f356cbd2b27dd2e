using System.Collections.Concurrent;
using EmotionStream.Contracts;
using EmotionStream.Rooms;
using EmotionStream.Telemetry;

namespace EmotionStream.Cluster;

/// <summary>Keeps this server's rooms and the cluster's the same: tells each room of the part that is here, and shows what it tells of the others.</summary>
internal sealed partial class ClusterRooms(
    IGrainFactory grains, ILocalSiloDetails silo, IServiceProvider services, Degradations degradations, TimeProvider time, ILogger<ClusterRooms> logger) : IRoomLink
{
    private readonly ConcurrentDictionary<string, RoomTie> _ties = new(StringComparer.Ordinal);
    private readonly string _server = silo.SiloAddress.ToParsableString();

    // Rooms and calls know their link, so they are fetched when first needed.
    private RoomRegistry Rooms => services.GetRequiredService<RoomRegistry>();

    private Calls Calls => services.GetRequiredService<Calls>();

    public async ValueTask<bool> TryEnterAsync(Person person)
    {
        try
        {
            return await Grain(person.Room.Name).TryEnter(_server, person.Session.Id);
        }
        catch (Exception problem)
        {
            // Rather one too many than nobody while the other servers can't be asked.
            LogUnreachable(person.Room.Name, problem.Message);
            return true;
        }
    }

    public async ValueTask<CallPlace?> TryJoinAsync(Room room, Participant participant)
    {
        try
        {
            // First, so that the room knows where to send this participant's news.
            Changed(room);
            return await Grain(room.Name).TryJoin(_server, participant.Id, participant.Name) is { } reply
                ? new CallPlace(reply.Order, [.. reply.Elsewhere.Select(entry => new Participant(entry.Id, entry.Name))])
                : null;
        }
        catch (Exception problem)
        {
            LogUnreachable(room.Name, problem.Message);
            return new CallPlace(0, []);
        }
    }

    public void Leave(Room room, Participant participant)
    {
        _ = Grain(room.Name).Leave(participant.Id).ContinueWith(
            left => LogUnreachable(room.Name, left.Exception!.GetBaseException().Message), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
        Changed(room);
    }

    public async ValueTask<bool> TrySignalAsync(Room room, string from, string to, string payload)
    {
        try
        {
            return room.CallersElsewhere.All.Any(caller => caller.Participant.Id == to) && await Grain(room.Name).Signal(from, to, payload);
        }
        catch (Exception problem)
        {
            LogUnreachable(room.Name, problem.Message);
            return false;
        }
    }

    public void Changed(Room room)
    {
        var tie = _ties.GetOrAdd(room.Name, name => new RoomTie(name));
        tie.Wake();
        if (tie.TryBegin())
        {
            _ = FollowAsync(tie);
        }
    }

    public void Show(string name, RoomView view)
    {
        if (_ties.TryGetValue(name, out var tie) && Rooms.Find(name) is { } room)
        {
            var people = view.People.Select(person => WireFaces.Read(person, time)).ToList();
            if (!view.IsComplete)
            {
                // A room that has just started on another server does not know everybody yet.
                people.AddRange(room.Elsewhere.People.Where(known => people.All(person => person.Id != known.Id)));
            }

            room.Reflect(new RoomMirror(people, Pause(room.FastestRate), IsPartial: false));
        }
    }

    public void Want(string name, double rateHz)
    {
        if (_ties.TryGetValue(name, out var tie))
        {
            tie.WantedHz = rateHz;
            tie.Wake();
        }
    }

    public void Tell(string name, CallNews[] news)
    {
        if (Rooms.Find(name) is not { } room || !_ties.TryGetValue(name, out var tie))
        {
            return;
        }

        foreach (var item in news)
        {
            tie.CallAt = item.At;
            switch (item)
            {
                case { Kind: CallNewsKind.Joined, Joined: { } joined }:
                    Calls.JoinedElsewhere(room, Remote(joined));
                    break;
                case { Kind: CallNewsKind.Left, Left: { } left }:
                    Calls.LeftElsewhere(room, left);
                    break;
                case { Kind: CallNewsKind.Signal, From: { } from, To: { } to, Payload: { } payload }:
                    Calls.TrySignalHere(room, from, to, payload);
                    break;
            }
        }
    }

    private static RemoteCaller Remote(CallerEntry entry) => new(new Participant(entry.Id, entry.Name), entry.Order);

    /// <summary>Null while the caller's place is not known yet.</summary>
    private static CallerEntry? Entry(Caller caller) =>
        caller.Order is { } order ? new CallerEntry(caller.Participant.Id, caller.Participant.Name, order) : null;

    private static TimeSpan Pause(double rateHz) => rateHz > 0 ? TimeSpan.FromSeconds(1 / rateHz) : TimeSpan.Zero;

    /// <summary>Tells the room of the part that is here, again and again, until nobody of it is left.</summary>
    private async Task FollowAsync(RoomTie tie)
    {
        do
        {
            while (true)
            {
                var change = tie.NextChange;
                var room = Rooms.Find(tie.Name);
                await ReportAsync(tie, room);
                if (room is null)
                {
                    break;
                }

                await Task.WhenAny(change, Task.Delay(tie.Pace, time));
            }
        }
        while (!tie.TryEnd(() => Rooms.Find(tie.Name) is null));
    }

    private async Task ReportAsync(RoomTie tie, Room? room)
    {
        try
        {
            var reply = await Grain(tie.Name).Report(Describe(tie.Name, room));
            tie.WantedHz = reply.WantedHz;
            tie.IsReachable = true;
            if (room is not null)
            {
                TakeCallers(tie, room, reply);
            }
        }
        catch (Exception problem)
        {
            tie.IsReachable = false;
            LogUnreachable(tie.Name, problem.Message);
        }

        if (room is not null && room.Elsewhere.IsPartial == tie.IsReachable)
        {
            room.Reflect(room.Elsewhere with { IsPartial = !tie.IsReachable });
        }

        degradations.Report("cluster", _ties.Values.All(each => each.IsReachable) ? null : "other servers can't be reached");
    }

    private ServerReport Describe(string name, Room? room)
    {
        if (room is null)
        {
            return new ServerReport(_server, [], [], 0);
        }

        return new ServerReport(
            _server,
            [.. room.PeopleHere(time.GetTimestamp()).Select(person => WireFaces.Write(person, time))],
            [.. room.Callers.All.Select(Entry).OfType<CallerEntry>()],
            room.FastestRate);
    }

    /// <summary>Makes up for news that were lost while the room or this server could not be reached.</summary>
    private void TakeCallers(RoomTie tie, Room room, RoomReply reply)
    {
        if (reply.At.IsBefore(tie.CallAt))
        {
            // News have overtaken the reply.
            return;
        }

        foreach (var entry in reply.Callers)
        {
            Calls.JoinedElsewhere(room, Remote(entry));
        }

        if (reply.IsComplete)
        {
            foreach (var gone in room.CallersElsewhere.All.Where(known => reply.Callers.All(entry => entry.Id != known.Participant.Id)))
            {
                Calls.LeftElsewhere(room, gone.Participant.Id);
            }
        }
    }

    private IRoomGrain Grain(string room) => grains.GetGrain<IRoomGrain>(room);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The room {Room} can't be reached on the cluster's other servers: {Problem}")]
    private partial void LogUnreachable(string room, string problem);
}
