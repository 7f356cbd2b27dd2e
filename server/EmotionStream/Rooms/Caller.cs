using EmotionStream.Contracts;
using EmotionStream.Sessions;

namespace EmotionStream.Rooms;

/// <summary>One participant of a room's call, with the messages on their way to it; its place may outlive a connection.</summary>
internal sealed class Caller
{
    // Somebody who joins a call gets about 20 signals from each of the others at once.
    private const int MaxUnread = 512;

    private readonly AnswerQueue<IRoomClient> _messages;
    private readonly TimeProvider _time;
    private volatile CallerConnection? _connection;
    private long _detachedAt;

    /// <param name="until">When the token ends with which it came.</param>
    public Caller(Room room, string? name, CallerConnection connection, DateTimeOffset until, TimeProvider time)
    {
        (Room, Participant, Until, _connection, _time) = (room, new Participant(Secrets.NewId(), name), until, connection, time);
        _messages = new AnswerQueue<IRoomClient>(MaxUnread, () => _connection?.Abort());
        Delivery = _messages.DeliverAsync(() => _connection?.Client);
    }

    public Room Room { get; }

    public Participant Participant { get; }

    public string ResumeToken { get; } = Secrets.NewToken();

    public DateTimeOffset Until { get; private set; }

    public bool HasLeft { get; private set; }

    /// <summary>Ends once the participant has left and its last message has been delivered.</summary>
    public Task Delivery { get; }

    public bool IsOn(string connectionId) => _connection?.Id == connectionId;

    /// <summary>True when the participant's connection has been gone for that long.</summary>
    public bool IsLost(TimeSpan patience) => _connection is null && _time.GetElapsedTime(_detachedAt) >= patience;

    /// <summary>Goes on with another connection; the one before is closed.</summary>
    public void Attach(CallerConnection connection, DateTimeOffset until)
    {
        var before = _connection;
        (_connection, Until) = (connection, until);
        if (before?.Id != connection.Id)
        {
            before?.Abort();
        }
    }

    /// <summary>The connection is gone. What is sent meanwhile is lost: a participant who comes back renegotiates with the others.</summary>
    public void Detach() => (_detachedAt, _connection) = (_time.GetTimestamp(), null);

    /// <summary>Sends a signal to another participant of the same call; false if there is none of that id.</summary>
    public bool TrySignal(string to, string payload)
    {
        var other = Room.Callers.All.FirstOrDefault(other => other.Participant.Id == to);
        other?.Tell(client => client.Signalled(Participant.Id, payload));
        return other is not null;
    }

    public void Tell(Func<IRoomClient, Task> message) => _messages.Add(message);

    public void Close()
    {
        HasLeft = true;
        _messages.Close();
    }
}
