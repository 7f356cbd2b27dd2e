using EmotionStream.Contracts;
using EmotionStream.History;
using EmotionStream.Sessions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Rooms;

/// <summary>Owns every room's life: a room is there as long as somebody is in it.</summary>
/// <remarks>Entering and leaving take one lock; readings and updates never come here.</remarks>
internal sealed class RoomRegistry(IOptions<RoomsOptions> options, HistoryRecorder history, TimeProvider time)
{
    private readonly Lock _changes = new();
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Caller> _callersByToken = new(StringComparer.Ordinal);

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

    /// <summary>Puts a session into the room it named, if any, and takes it out of any other.</summary>
    public Refusal? Place(Session session)
    {
        lock (_changes)
        {
            var before = session.Observer as Person;
            if (before is not null && before.Room.Name == session.Profile.Room)
            {
                before.Room.AnnounceChange();
                return null;
            }

            if (before is not null)
            {
                session.Observe(null);
                Leave(before);
            }

            if (session.Profile.Room is not { } name)
            {
                return null;
            }

            var refusal = TryEnter(name, room => room.People, room => new Person(session, room, history.Follow(session, name), Leave, time), out var person);
            session.Observe(person);
            return refusal;
        }
    }

    /// <summary>Lets a viewer in, who must leave again.</summary>
    /// <param name="participant">The participant of the room's call that the viewer is, if it is one.</param>
    public Refusal? TryWatch(string name, double rateHz, DateTimeOffset until, out Viewer? viewer, Caller? participant = null) =>
        TryEnter(name, room => room.Viewers, room => new Viewer(room, rateHz, until, participant, time), out viewer);

    /// <summary>Gives a participant its place in a call back; null if there is none of that token.</summary>
    public Joined? TryRejoin(string name, string resumeToken, CallerConnection connection, DateTimeOffset until)
    {
        lock (_changes)
        {
            if (!_callersByToken.TryGetValue(resumeToken, out var caller) || caller.Room.Name != name)
            {
                return null;
            }

            caller.Attach(connection, until);
            return new Joined(caller, Resumed: true, OthersOf(caller));
        }
    }

    /// <summary>Lets somebody into a room's call and tells the others; all of it in one order for all.</summary>
    public Refusal? TryJoin(string name, Func<Room, Caller> make, out Joined? joined)
    {
        lock (_changes)
        {
            joined = null;
            if (TryEnter(name, room => room.Callers, make, out var caller) is { } refusal)
            {
                return refusal;
            }

            _callersByToken[caller!.ResumeToken] = caller;
            joined = new Joined(caller, Resumed: false, OthersOf(caller));
            TellOthers(caller, client => client.Joined(caller.Participant));
            return null;
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

    public void Leave(Viewer viewer) => Leave(viewer.Room, viewer.Room.Viewers, viewer);

    /// <summary>Takes the participant of that resume token out of its call, if there is one.</summary>
    public void Leave(string resumeToken)
    {
        lock (_changes)
        {
            if (_callersByToken.TryGetValue(resumeToken, out var caller))
            {
                Leave(caller);
            }
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
            }
        }
    }

    private static List<Participant> OthersOf(Caller caller) =>
        [.. caller.Room.Callers.All.Where(other => other != caller).Select(other => other.Participant)];

    private static void TellOthers(Caller caller, Func<IRoomClient, Task> message)
    {
        foreach (var other in caller.Room.Callers.All.Where(other => other != caller))
        {
            other.Tell(message);
        }
    }

    private void Leave(Person person)
    {
        if (Leave(person.Room, person.Room.People, person))
        {
            person.Room.AnnounceChange();
            if (person.History is { } source)
            {
                history.Leave(source);
            }
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
