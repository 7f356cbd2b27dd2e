using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Limits;
using EmotionStream.Rooms;
using EmotionStream.Sessions;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Hubs;

/// <summary>Where senders hand in frames and get readings back.</summary>
/// <remarks>SignalR runs one call of a connection at a time, so no call here may wait for a frame: they post and return.</remarks>
internal sealed class CameraHub(
    SessionRegistry sessions, RoomRegistry rooms, StartRules rules, RoomAdmission admission, SessionTerms terms, IHubContext<CameraHub, ICameraClient> hub)
    : Hub<ICameraClient>
{
    private const string SessionItem = "session";
    private const string LimitItem = "limit";

    /// <summary>This connection's session, unless its sender has taken it to another connection.</summary>
    private Session? Current =>
        Context.Items.TryGetValue(SessionItem, out var item) && item is Session session && session.IsOn(Context.ConnectionId) ? session : null;

    /// <summary>Frames have a limit of their own, and stopping has none.</summary>
    private CallLimit Limit => (CallLimit)Context.Items[LimitItem]!;

    public override Task OnConnectedAsync()
    {
        Context.Items[LimitItem] = rules.NewLimit(Context.Abort);
        return Task.CompletedTask;
    }

    /// <summary>Begins a session, or goes on with an earlier one; refusals come as errors that say why.</summary>
    public async Task<Started> Start(StartRequest request)
    {
        Limit.Count();
        var profile = rules.Check(Arguments.Given(request));
        if (profile.Room is { } room)
        {
            admission.Admit(Context, room, RoomRole.Source, request.Token);
        }

        if (Current is { } earlier && earlier.ResumeToken != request.ResumeToken)
        {
            sessions.End(earlier);
        }

        // The hub context outlives this call, as answers do; Clients.Caller does not.
        var connection = new SenderConnection(Context.ConnectionId, hub.Clients.Client(Context.ConnectionId), ClientQuota.Of(Context.GetHttpContext()), Context.Abort);
        var (session, resumed) = await sessions.StartAsync(connection, profile, request.ResumeToken);
        Context.Items[SessionItem] = session;
        await SeatAsync(session);
        return terms.For(session, resumed);
    }

    /// <summary>Takes one frame; its answer is a Measured or a Rejected with the same sequence number.</summary>
    public Task SubmitFrame(long sequence, double capturedAt, JpegFrame? jpeg)
    {
        if (jpeg is null)
        {
            return Clients.Caller.Rejected(new Rejected(sequence, RejectionReason.Undecodable, "There is no picture in this frame."));
        }

        if (Current is { } session)
        {
            session.Submit(sequence, capturedAt, jpeg);
            return Task.CompletedTask;
        }

        jpeg.Dispose();
        return Clients.Caller.Rejected(new Rejected(sequence, RejectionReason.NotStarted, "Call Start first."));
    }

    /// <summary>Judges this sender's readings against how their face at rest read, or with null as they are.</summary>
    public void SetRestFace(IReadOnlyList<float>? reading)
    {
        Limit.Count();
        var rest = StartRules.RestFaceOf(reading);
        (Current ?? throw new RefusedException(Refusals.NotStarted)).JudgeAgainst(rest);
    }

    /// <summary>Ends the session at once: nothing of it is kept.</summary>
    public void Stop()
    {
        if (Current is { } session)
        {
            sessions.End(session);
            Context.Items.Remove(SessionItem);
        }
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (Current is { } session)
        {
            sessions.Leave(session, Context.ConnectionId);
        }

        return Task.CompletedTask;
    }

    /// <summary>Puts the session into its room; if there is no place in it, the session ends.</summary>
    private async Task SeatAsync(Session session)
    {
        if (await rooms.PlaceAsync(session) is { } refusal)
        {
            sessions.End(session);
            Context.Items.Remove(SessionItem);
            throw new RefusedException(refusal);
        }
    }
}
