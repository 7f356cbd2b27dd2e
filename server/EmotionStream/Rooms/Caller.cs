using EmotionStream.Contracts;
using EmotionStream.Sessions;

namespace EmotionStream.Rooms;

/// <summary>One participant of a room's call, with the messages on their way to it.</summary>
internal sealed class Caller
{
    // Somebody who joins a call gets about 20 signals from each of the others at once.
    private const int MaxUnread = 512;

    private readonly AnswerQueue<IRoomClient> _messages;

    /// <param name="abort">Closes the connection of a participant who does not read.</param>
    public Caller(Room room, string? name, IRoomClient client, Action abort)
    {
        Room = room;
        Participant = new Participant(Secrets.NewId(), name);
        _messages = new AnswerQueue<IRoomClient>(MaxUnread, abort);
        Delivery = _messages.DeliverAsync(() => client);
    }

    public Room Room { get; }

    public Participant Participant { get; }

    /// <summary>Ends once the participant has left and its last message has been delivered.</summary>
    public Task Delivery { get; }

    /// <summary>Sends a signal to another participant of the same call; false if there is none of that id.</summary>
    public bool TrySignal(string to, string payload)
    {
        var other = Room.Callers.All.FirstOrDefault(other => other.Participant.Id == to);
        other?.Tell(client => client.Signalled(Participant.Id, payload));
        return other is not null;
    }

    public void Tell(Func<IRoomClient, Task> message) => _messages.Add(message);

    public void Close() => _messages.Close();
}
