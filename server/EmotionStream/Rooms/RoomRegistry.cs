using System.Diagnostics.CodeAnalysis;
using EmotionStream.Contracts;
using EmotionStream.History;
using EmotionStream.Sessions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Rooms;

/// <summary>Owns every room's life: a room is there as long as somebody is in it.</summary>
/// <remarks>Entering and leaving take one lock; readings and updates never come here.</remarks>
internal sealed class RoomRegistry(IOptions<RoomsOptions> options, HistoryRecorder history, IRoomLink link, IOtherServers others, TimeProvider time)
{
    // A server that has failed is found out, and its participants come back, while what it left is still there.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    private readonly Lock _changes = new();
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Caller> _callersByToken = new(StringComparer.Ordinal);

    private TimeSpan Life => options.Value.ResumeWithin + Slack;

    public int Count
    {
        get
        {
            lock (_changes)
            {
                return _rooms.Count;
            }
        }
    }

    public Room? Find(string name)
    {
        lock (_changes)
        {
            return _rooms.GetValueOrDefault(name);
        }
    }

    /// <summary>Puts a session into the room it named, if any, and takes it out of any other.</summary>
    public async ValueTask<Refusal?> PlaceAsync(Session session)
    {
        if (!TryPlaceHere(session, out var refusal, out var person) || await link.TryEnterAsync(person))
        {
            Admit(person);
            return refusal;
        }

        session.Observe(null);
        Leave(person);
        return Refusals.RoomFull;
    }

    /// <summary>Lets a viewer in, who must leave again.</summary>
    /// <param name="participant">The participant of the room's call that the viewer is, if it is one.</param>
    public Refusal? TryWatch(string name, double rateHz, DateTimeOffset until, out Viewer? viewer, Caller? participant = null)
    {
        var refusal = TryEnter(name, room => room.Viewers, room => new Viewer(room, rateHz, until, participant, time), out viewer);
        if (viewer is not null)
        {
            link.Changed(viewer.Room);
        }

        return refusal;
    }

    /// <summary>Gives a participant its place in a call back, be it on another server; null if there is none of that token.</summary>
    public async ValueTask<Joined?> TryRejoinAsync(string name, string resumeToken, CallerConnection connection, DateTimeOffset until)
    {
        lock (_changes)
        {
            if (_callersByToken.TryGetValue(resumeToken, out var caller))
            {
                if (caller.Room.Name != name)
                {
                    return null;
                }

                caller.Attach(connection, until);
                return new Joined(caller, Resumed: true, OthersOf(caller));
            }
        }

        return others.Exist && await others.TakeOverAsync<CallSnapshot>(Stay.Call, resumeToken, Life) is { State: var left } && left.Room == name
            ? (await JoinAsync(name, room => new Caller(room, left.Participant, connection, until, time, resumeToken), isBack: true)).Joined
            : null;
    }

    /// <summary>Lets somebody into a room's call and tells the others; all of it in one order for all.</summary>
    /// <param name="isBack">The participant was in the call on another server.</param>
    public async ValueTask<(Joined? Joined, Refusal? Refusal)> JoinAsync(string name, Func<Room, Caller> make, bool isBack = false)
    {
        Caller? caller;
        IReadOnlyList<Participant> here;
        lock (_changes)
        {
            if (TryEnter(name, room => room.Callers, make, out caller) is { } refusal)
            {
                return (null, refusal);
            }

            _callersByToken[caller!.ResumeToken] = caller;
            here = [.. HereBut(caller)];
            var elsewhere = caller.Room.CallersElsewhere;
            if (!isBack || elsewhere.All.FirstOrDefault(known => known.Participant.Id == caller.Participant.Id) is not { } known || !elsewhere.Remove(known))
            {
                TellOthers(caller, client => client.Joined(caller.Participant));
            }
        }

        if (others.Exist)
        {
            // Before its participant learns the token, so that every server knows it.
            await LeaveForOthersAsync(caller);
        }

        if (await link.TryJoinAsync(caller.Room, caller.Participant) is not { } place)
        {
            Leave(caller);
            return (null, Refusals.RoomFull);
        }

        lock (_changes)
        {
            caller.Order = place.Order;
            foreach (var later in caller.Room.CallersElsewhere.All.Where(later => later.Order > place.Order && !isBack))
            {
                caller.Tell(client => client.Joined(later.Participant));
            }

            foreach (var other in place.Elsewhere.Where(other => caller.Room.CallersElsewhere.All.All(known => known.Participant.Id != other.Id)))
            {
                caller.Room.CallersElsewhere.Add(new RemoteCaller(other, Order: 0));
            }

            link.Changed(caller.Room);
            return (new Joined(caller, isBack, [.. here, .. place.Elsewhere]), null);
        }
    }

    /// <summary>Sends a signal to another participant of the same call; false if there is none of that id.</summary>
    public ValueTask<bool> TrySignalAsync(Caller caller, string to, string payload) =>
        TrySignalHere(caller.Room, caller.Participant.Id, to, payload)
            ? ValueTask.FromResult(true)
            : link.TrySignalAsync(caller.Room, caller.Participant.Id, to, payload);

    /// <summary>Delivers a signal to a participant on this server; false if there is none of that id.</summary>
    public static bool TrySignalHere(Room room, string from, string to, string payload)
    {
        var other = room.Callers.All.FirstOrDefault(other => other.Participant.Id == to);
        other?.Tell(client => client.Signalled(from, payload));
        return other is not null;
    }

    /// <summary>Somebody has joined the call on another server.</summary>
    public void JoinedElsewhere(Room room, RemoteCaller joined)
    {
        lock (_changes)
        {
            if (IsKnown(room, joined.Participant.Id))
            {
                return;
            }

            room.CallersElsewhere.Add(joined);
            // Who does not know their own place yet is told with it.
            foreach (var caller in room.Callers.All.Where(caller => caller.Order < joined.Order))
            {
                caller.Tell(client => client.Joined(joined.Participant));
            }
        }
    }

    /// <summary>Somebody has left the call on another server.</summary>
    public void LeftElsewhere(Room room, string participantId)
    {
        lock (_changes)
        {
            if (room.CallersElsewhere.All.FirstOrDefault(known => known.Participant.Id == participantId) is { } left && room.CallersElsewhere.Remove(left))
            {
                foreach (var caller in room.Callers.All)
                {
                    caller.Tell(client => client.Left(participantId));
                }
            }
        }
    }

    /// <summary>Leaves what another server needs to give each participant its place back, and lets go of those who have gone on there.</summary>
    public Task LeaveForOthersAsync() => Task.WhenAll(Callers().Select(LeaveForOthersAsync));

    /// <summary>The participant has gone on on another server: the others are not told.</summary>
    public void LetGo(Caller caller)
    {
        lock (_changes)
        {
            if (_callersByToken.Remove(caller.ResumeToken))
            {
                // First, since the last one out closes the room.
                caller.Room.CallersElsewhere.Add(new RemoteCaller(caller.Participant, caller.Order ?? 0));
                Leave(caller.Room, caller.Room.Callers, caller);
                caller.Drop();
                caller.Close();
            }
        }
    }

    public IReadOnlyList<Caller> Callers()
    {
        lock (_changes)
        {
            return [.. _callersByToken.Values];
        }
    }

    /// <summary>A participant's connection is gone: its place waits for a while.</summary>
    public void Lose(Caller caller, string connectionId)
    {
        lock (_changes)
        {
            if (caller.IsOn(connectionId))
            {
                caller.Detach();
            }
        }
    }

    /// <summary>Takes those out of their calls who did not come back in time.</summary>
    public void EndAbandoned()
    {
        lock (_changes)
        {
            foreach (var caller in _callersByToken.Values.Where(caller => caller.IsLost(options.Value.ResumeWithin)).ToList())
            {
                Leave(caller);
            }
        }
    }

    public void Leave(Viewer viewer)
    {
        Leave(viewer.Room, viewer.Room.Viewers, viewer);
        link.Changed(viewer.Room);
    }

    /// <summary>Takes the participant of that resume token out of its call, if there is one, here or on another server.</summary>
    public async Task LeaveAsync(string resumeToken)
    {
        Caller? caller;
        lock (_changes)
        {
            _callersByToken.TryGetValue(resumeToken, out caller);
        }

        if (caller is not null)
        {
            Leave(caller);
        }
        else
        {
            await others.EndAsync(Stay.Call, resumeToken);
        }
    }

    /// <summary>Takes a participant out of its call and tells the others.</summary>
    public void Leave(Caller caller)
    {
        lock (_changes)
        {
            if (Leave(caller.Room, caller.Room.Callers, caller))
            {
                _callersByToken.Remove(caller.ResumeToken);
                caller.Close();
                TellOthers(caller, client => client.Left(caller.Participant.Id));
                link.Leave(caller.Room, caller.Participant);
                _ = others.EndAsync(Stay.Call, caller.ResumeToken);
            }
        }
    }

    private static IEnumerable<Participant> HereBut(Caller caller) => caller.Room.Callers.All.Where(other => other != caller).Select(other => other.Participant);

    private static List<Participant> OthersOf(Caller caller) =>
        [.. HereBut(caller), .. caller.Room.CallersElsewhere.All.Select(other => other.Participant)];

    private static bool IsKnown(Room room, string participantId) =>
        room.Callers.All.Any(caller => caller.Participant.Id == participantId) || room.CallersElsewhere.All.Any(known => known.Participant.Id == participantId);

    private static void TellOthers(Caller caller, Func<IRoomClient, Task> message)
    {
        foreach (var other in caller.Room.Callers.All.Where(other => other != caller))
        {
            other.Tell(message);
        }
    }

    /// <summary>Puts a session into its room on this server; true if it is new there and must be admitted by the others.</summary>
    private bool TryPlaceHere(Session session, out Refusal? refusal, [NotNullWhen(true)] out Person? person)
    {
        lock (_changes)
        {
            (refusal, person) = (null, null);
            var before = session.Observer as Person;
            if (before is not null && before.Room.Name == session.Profile.Room)
            {
                before.Room.AnnounceChange();
                link.Changed(before.Room);
                return false;
            }

            if (before is not null)
            {
                session.Observe(null);
                Leave(before);
            }

            if (session.Profile.Room is not { } name)
            {
                return false;
            }

            refusal = TryEnter(name, room => room.People, room => new Person(session, room, history.Follow(session, name), Leave, time), out person);
            session.Observe(person);
            return person is not null;
        }
    }

    private void Admit(Person? person)
    {
        if (person is not null)
        {
            person.IsAdmitted = true;
            link.Changed(person.Room);
        }
    }

    private void Leave(Person person)
    {
        if (Leave(person.Room, person.Room.People, person))
        {
            person.Room.AnnounceChange();
            link.Changed(person.Room);
            if (person.History is { } source)
            {
                history.Leave(source);
            }
        }
    }

    private async Task LeaveForOthersAsync(Caller caller)
    {
        if (!await others.LeaveAsync(Stay.Call, caller.ResumeToken, new CallSnapshot(caller.Room.Name, caller.Participant), Life))
        {
            LetGo(caller);
        }
    }

    private Refusal? TryEnter<T>(string name, Func<Room, LimitedList<T>> seats, Func<Room, T> make, out T? guest)
        where T : class
    {
        lock (_changes)
        {
            guest = null;
            if (!_rooms.TryGetValue(name, out var room))
            {
                if (_rooms.Count >= options.Value.MaxRooms)
                {
                    return Refusals.TooManyRooms;
                }

                room = new Room(name, options.Value, time);
            }

            if (seats(room).IsFull)
            {
                return Refusals.RoomFull;
            }

            guest = make(room);
            seats(room).Add(guest);
            _rooms[name] = room;
            return null;
        }
    }

    /// <summary>False if the guest had left already; the last one out closes the room.</summary>
    private bool Leave<T>(Room room, LimitedList<T> seats, T guest)
        where T : class
    {
        lock (_changes)
        {
            if (!seats.Remove(guest))
            {
                return false;
            }

            if (room.IsEmpty)
            {
                _rooms.Remove(room.Name);
            }

            return true;
        }
    }
}
