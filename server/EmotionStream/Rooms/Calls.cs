using EmotionStream.Contracts;
using EmotionStream.Sessions;
using Microsoft.Extensions.Options;

namespace EmotionStream.Rooms;

/// <summary>Lets people into rooms' calls, keeps their places while a connection is lost, and tells the others.</summary>
/// <remarks>Under the rooms' lock, so that everybody in a call learns of the others in one order.</remarks>
internal sealed class Calls(RoomRegistry rooms, IOptions<RoomsOptions> options, IRoomLink link, IOtherServers others, TimeProvider time)
{
    // A server that has failed is found out, and its participants come back, while what it left is still there.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Caller> _callersByToken = new(StringComparer.Ordinal);

    private TimeSpan Life => options.Value.ResumeWithin + Slack;

    /// <summary>Gives a participant its place in a call back, be it on another server; null if there is none of that token.</summary>
    public async ValueTask<Joined?> TryRejoinAsync(string name, string resumeToken, CallerConnection connection, DateTimeOffset until)
    {
        lock (rooms.Changes)
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
        lock (rooms.Changes)
        {
            if (rooms.TryEnter(name, room => room.Callers, make, out caller) is { } refusal)
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

        lock (rooms.Changes)
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
        lock (rooms.Changes)
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
        lock (rooms.Changes)
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
    public Task LeaveForOthersAsync() => Task.WhenAll(All().Select(LeaveForOthersAsync));

    /// <summary>The participant has gone on on another server: the others are not told.</summary>
    public void LetGo(Caller caller)
    {
        lock (rooms.Changes)
        {
            if (_callersByToken.Remove(caller.ResumeToken))
            {
                // First, since the last one out closes the room.
                caller.Room.CallersElsewhere.Add(new RemoteCaller(caller.Participant, caller.Order ?? 0));
                rooms.Leave(caller.Room, caller.Room.Callers, caller);
                caller.Drop();
                caller.Close();
            }
        }
    }

    /// <summary>Everybody who is in a call on this server.</summary>
    public IReadOnlyList<Caller> All()
    {
        lock (rooms.Changes)
        {
            return [.. _callersByToken.Values];
        }
    }

    /// <summary>A participant's connection is gone: its place waits for a while.</summary>
    public void Lose(Caller caller, string connectionId)
    {
        lock (rooms.Changes)
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
        lock (rooms.Changes)
        {
            foreach (var caller in _callersByToken.Values.Where(caller => caller.IsLost(options.Value.ResumeWithin)).ToList())
            {
                Leave(caller);
            }
        }
    }

    /// <summary>Takes the participant of that resume token out of its call, if there is one, here or on another server.</summary>
    public async Task LeaveAsync(string resumeToken)
    {
        Caller? caller;
        lock (rooms.Changes)
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
        lock (rooms.Changes)
        {
            if (rooms.Leave(caller.Room, caller.Room.Callers, caller))
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

    private async Task LeaveForOthersAsync(Caller caller)
    {
        if (!await others.LeaveAsync(Stay.Call, caller.ResumeToken, new CallSnapshot(caller.Room.Name, caller.Participant), Life))
        {
            LetGo(caller);
        }
    }
}
