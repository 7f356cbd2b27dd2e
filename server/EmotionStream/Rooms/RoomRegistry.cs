using EmotionStream.Contracts;
using EmotionStream.Sessions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Rooms;

/// <summary>Owns every room's life: a room is there as long as somebody is in it.</summary>
/// <remarks>Entering and leaving take one lock; readings and updates never come here.</remarks>
internal sealed class RoomRegistry(IOptions<RoomsOptions> options, TimeProvider time)
{
    private readonly Lock _changes = new();
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);

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
    public RoomRefusal? Place(Session session)
    {
        lock (_changes)
        {
            var before = session.Observer as Person;
            if (before?.Room.Name == session.Profile.Room)
            {
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

            var refusal = TryEnter(name, room => room.People, room => new Person(session, room, Leave, time), out var person);
            session.Observe(person);
            return refusal;
        }
    }

    /// <summary>Lets a viewer in, who must leave again.</summary>
    public RoomRefusal? TryWatch(string name, double rateHz, DateTimeOffset until, out Viewer? viewer) =>
        TryEnter(name, room => room.Viewers, room => new Viewer(room, rateHz, until, time), out viewer);

    /// <summary>Lets somebody into a room's call and tells the others; all of it in one order for all.</summary>
    public RoomRefusal? TryJoin(string name, Func<Room, Caller> make, out Caller? caller, out IReadOnlyList<Participant> others)
    {
        lock (_changes)
        {
            others = [];
            if (TryEnter(name, room => room.Callers, make, out caller) is { } refusal)
            {
                return refusal;
            }

            var joined = caller!;
            var present = joined.Room.Callers.All.Where(other => other != joined).ToList();
            others = [.. present.Select(other => other.Participant)];
            present.ForEach(other => other.Tell(client => client.Joined(joined.Participant)));
            return null;
        }
    }

    public void Leave(Viewer viewer) => Leave(viewer.Room, viewer.Room.Viewers, viewer);

    /// <summary>Takes a participant out of its call and tells the others.</summary>
    public void Leave(Caller caller)
    {
        lock (_changes)
        {
            if (Leave(caller.Room, caller.Room.Callers, caller))
            {
                caller.Close();
                foreach (var other in caller.Room.Callers.All)
                {
                    other.Tell(client => client.Left(caller.Participant.Id));
                }
            }
        }
    }

    private void Leave(Person person)
    {
        if (Leave(person.Room, person.Room.People, person))
        {
            person.Room.AnnounceDeparture();
        }
    }

    private RoomRefusal? TryEnter<T>(string name, Func<Room, Seats<T>> seats, Func<Room, T> make, out T? guest)
        where T : class
    {
        lock (_changes)
        {
            guest = null;
            if (!_rooms.TryGetValue(name, out var room))
            {
                if (_rooms.Count >= options.Value.MaxRooms)
                {
                    return RoomRefusal.TooManyRooms;
                }

                room = new Room(name, options.Value, time);
            }

            if (seats(room).IsFull)
            {
                return RoomRefusal.Full;
            }

            guest = make(room);
            seats(room).Add(guest);
            _rooms[name] = room;
            return null;
        }
    }

    /// <summary>False if the guest had left already; the last one out closes the room.</summary>
    private bool Leave<T>(Room room, Seats<T> seats, T guest)
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
