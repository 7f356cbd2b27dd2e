using System.Runtime.CompilerServices;
using EmotionStream.Contracts;
using EmotionStream.Corrections;
using EmotionStream.Rooms;
using EmotionStream.Sessions;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace EmotionStream.Hubs;

/// <summary>Where viewers watch rooms, and where the participants of a call find each other.</summary>
internal sealed class RoomHub(
    RoomRegistry rooms, Calls calls, RoomAdmission admission, CorrectionService corrections, IOptions<RoomsOptions> options, IHubContext<RoomHub, IRoomClient> hub, TimeProvider time)
    : Hub<IRoomClient>
{
    private const string VisitorItem = "visitor";

    private Visitor Visitor => (Visitor)Context.Items[VisitorItem]!;

    /// <summary>This connection's place in a call, unless its participant has taken it to another connection.</summary>
    private Caller? Current => Visitor.Caller is { } caller && caller.IsOn(Context.ConnectionId) ? caller : null;

    public override Task OnConnectedAsync()
    {
        Context.Items[VisitorItem] = new Visitor(options.Value, time, Context.Abort);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Streams a room's updates until the viewer cancels or its token expires. Who is in the room's call needs no viewer's token, and
    /// watches for as long as it stays.
    /// </summary>
    public IAsyncEnumerable<RoomUpdate> Watch(WatchRequest request, CancellationToken cancellation)
    {
        Visitor.CountCall();
        var room = Names.Room(Arguments.Given(request).Room);
        if (!(request.RateHz is >= 1 and <= Viewer.MaxRateHz))
        {
            throw new RefusedException(Refusals.Bad("rate", $"A viewer gets 1 to {Viewer.MaxRateHz} updates a second."));
        }

        var participant = Current is { } caller && caller.Room.Name == room ? caller : null;
        var until = participant?.Until ?? admission.Admit(Context, room, RoomRole.Viewer, request.Token);
        return WatchAsync(Visitor, room, request.RateHz, until, participant, cancellation);
    }

    /// <summary>Joins a room's call, leaving any other; the others are told. With a resume token, goes on where the connection was lost.</summary>
    public async Task<JoinedRoom> Join(JoinRequest request)
    {
        Visitor.CountCall();
        var (room, name) = (Names.Room(Arguments.Given(request).Room), Names.Clean(request.Name, "name"));
        var until = admission.Admit(Context, room, RoomRole.Source, request.Token);
        if (Current is { } earlier && earlier.ResumeToken != request.ResumeToken)
        {
            LeaveCall();
        }

        // The hub context outlives this call, as messages do; Clients.Caller does not.
        var connection = new CallerConnection(Context.ConnectionId, hub.Clients.Client(Context.ConnectionId), Context.Abort);
        var joined = request.ResumeToken is { } token ? await calls.TryRejoinAsync(room, token, connection, until) : null;
        if (joined is null)
        {
            (joined, var refusal) = await calls.JoinAsync(room, entered => new Caller(entered, new Participant(Secrets.NewId(), name), connection, until, time));
            if (joined is null)
            {
                throw new RefusedException(refusal!);
            }
        }

        Visitor.Caller = joined.Caller;
        return new JoinedRoom(joined.Caller.Participant.Id, joined.Caller.ResumeToken, joined.Resumed, joined.Others, options.Value.IceServers);
    }

    /// <summary>Leaves the call; the others are told.</summary>
    public void Leave()
    {
        Visitor.CountCall();
        LeaveCall();
    }

    /// <summary>Sends a message to another participant of the same call; what is in it is their affair.</summary>
    public async Task Signal(string to, string payload)
    {
        Visitor.CountCall();
        if (Current is not { } caller)
        {
            throw new RefusedException(Refusals.NotJoined);
        }

        if (Arguments.Given(payload).Length > options.Value.MaxSignalLength)
        {
            throw new RefusedException(Refusals.Bad("signal", $"A signal has at most {options.Value.MaxSignalLength} characters."));
        }

        if (!await calls.TrySignalAsync(caller, Arguments.Given(to), payload))
        {
            throw new RefusedException(Refusals.UnknownParticipant);
        }
    }

    /// <summary>Says that a face of the caller's own session was misread; not on the camera's hub, where a slow disk would hold frames up.</summary>
    public async Task<CorrectionKept> Correct(CorrectionRequest request)
    {
        Visitor.CountCall();
        return await corrections.CorrectAsync(Arguments.Given(request), Context.GetHttpContext()?.Connection.RemoteIpAddress, Context.ConnectionAborted);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        // A closed page and a lost network look alike from here, so a participant who wants to be gone at once calls Leave.
        if (Current is { } caller)
        {
            calls.Lose(caller, Context.ConnectionId);
        }

        return Task.CompletedTask;
    }

    private void LeaveCall()
    {
        if (Current is { } caller)
        {
            calls.Leave(caller);
        }

        Visitor.Caller = null;
    }

    /// <summary>Enters with the first update and leaves with the last, so that a stream that is never read leaves nothing behind.</summary>
    private async IAsyncEnumerable<RoomUpdate> WatchAsync(
        Visitor visitor, string room, double rateHz, DateTimeOffset until, Caller? participant, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var watch = visitor.BeginWatch();
        if (rooms.TryWatch(room, rateHz, until, out var viewer, participant) is { } refusal)
        {
            throw RefusalFilter.ErrorOf(refusal);
        }

        try
        {
            await foreach (var update in viewer!.WatchAsync(cancellation))
            {
                yield return update;
            }
        }
        finally
        {
            rooms.Leave(viewer!);
        }

        if (participant is not { HasLeft: true })
        {
            throw RefusalFilter.ErrorOf(Refusals.TokenExpired);
        }
    }
}
