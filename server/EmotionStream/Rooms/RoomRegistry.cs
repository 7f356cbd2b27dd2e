using System.Diagnostics.CodeAnalysis;
using EmotionStream.Contracts;
using EmotionStream.History;
using EmotionStream.Sessions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Rooms;

/// <summary>Owns every room's life, which lasts as long as somebody is in it, and lets cameras and viewers in.</summary>
/// <remarks>Entering and leaving take one lock; readings and updates never come here.</remarks>
internal sealed class RoomRegistry(IOptions<RoomsOptions> options, HistoryRecorder history, IRoomLink link, TimeProvider time)
{
    private readonly Lock _changes = new();
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);

    /// <summary>Held by whoever changes who is in a room.</summary>
    public Lock Changes => _changes;

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

    public void Leave(Viewer viewer)
    {
        Leave(viewer.Room, viewer.Room.Viewers, viewer);
        link.Changed(viewer.Room);
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

    /// <summary>Gives a guest a place of its kind in a room, which begins with its first guest.</summary>
    public Refusal? TryEnter<T>(string name, Func<Room, LimitedList<T>> seats, Func<Room, T> make, out T? guest)
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
    public bool Leave<T>(Room room, LimitedList<T> seats, T guest)
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
