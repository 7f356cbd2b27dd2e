using EmotionStream.Contracts;

namespace EmotionStream.Rooms;

/// <summary>Connects this server's rooms with the same rooms on the cluster's other servers; a single machine has none.</summary>
internal interface IRoomLink
{
    /// <summary>Whether the room, on all servers together, has a place for one more camera.</summary>
    ValueTask<bool> TryEnterAsync(Person person);

    /// <summary>Takes a place in the call; null if the call, on all servers together, is full.</summary>
    ValueTask<CallPlace?> TryJoinAsync(Room room, Participant participant);

    /// <summary>Tells the other servers that somebody has left the call.</summary>
    void Leave(Room room, Participant participant);

    /// <summary>Sends a signal to a participant on another server; false if there is none of that id.</summary>
    ValueTask<bool> TrySignalAsync(Room room, string from, string to, string payload);

    /// <summary>Something has changed here: who is in the room, what they share, or how often it is watched.</summary>
    void Changed(Room room);
}

/// <summary>A participant's place in a call that runs on several servers.</summary>
/// <param name="Order">Later ones have higher numbers.</param>
/// <param name="Elsewhere">Those who were there before, on other servers.</param>
internal sealed record CallPlace(long Order, IReadOnlyList<Participant> Elsewhere);

/// <summary>A single machine.</summary>
internal sealed class NoRoomLink : IRoomLink
{
    private static readonly CallPlace Alone = new(0, []);

    public ValueTask<bool> TryEnterAsync(Person person) => ValueTask.FromResult(true);

    public ValueTask<CallPlace?> TryJoinAsync(Room room, Participant participant) => ValueTask.FromResult<CallPlace?>(Alone);

    public void Leave(Room room, Participant participant)
    {
    }

    public ValueTask<bool> TrySignalAsync(Room room, string from, string to, string payload) => ValueTask.FromResult(false);

    public void Changed(Room room)
    {
    }
}
