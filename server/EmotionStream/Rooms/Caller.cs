using EmotionStream.Contracts;
using EmotionStream.Sessions;

namespace EmotionStream.Rooms;

/// <summary>One participant of a room's call, with the messages on their way to it; its place may outlive a connection.</summary>
internal sealed class Caller
{
    // Somebody who joins a call gets about 20 signals from each of the others at once.
    private const int MaxUnread = 512;

    private readonly AnswerQueue<IRoomClient, Func<IRoomClient, Task>> _messages;
    private readonly TimeProvider _time;
    private volatile CallerConnection? _connection;
    private long _detachedAt;

    /// <param name="until">When the token ends with which it came.</param>
    /// <param name="resumeToken">Of a place that the participant had on another server.</param>
    public Caller(Room room, Participant participant, CallerConnection connection, DateTimeOffset until, TimeProvider time, string? resumeToken = null)
    {
        (Room, Participant, Until, _connection, _time) = (room, participant, until, connection, time);
        ResumeToken = resumeToken ?? Secrets.NewToken();
        _messages = new AnswerQueue<IRoomClient, Func<IRoomClient, Task>>(MaxUnread, static (client, message) => message(client), () => _connection?.Abort());
        Delivery = _messages.DeliverAsync(() => _connection?.Client);
    }

    public Room Room { get; }

    public Participant Participant { get; }

    public string ResumeToken { get; }

    /// <summary>Its place in the order of all who have joined, on whatever server; null until it is known.</summary>
    public long? Order { get; set; }

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

    /// <summary>The connection is gone. What is sent in the meantime is lost: a participant who comes back renegotiates with the others.</summary>
    public void Detach() => (_detachedAt, _connection) = (_time.GetTimestamp(), null);

    public void Tell(Func<IRoomClient, Task> message) => _messages.Add(message);

    /// <summary>The participant goes on elsewhere: the connection that it had here is closed.</summary>
    public void Drop() => _connection?.Abort();

    public void Close()
    {
        HasLeft = true;
        _messages.Close();
    }
}
