using System.Collections.Concurrent;
using EmotionStream.Contracts;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Telemetry;
using EmotionStream.Limits;
using Microsoft.Extensions.Options;

namespace EmotionStream.Sessions;

/// <summary>Owns every session's life: begins it, hands it back to a sender who returns in time, and ends it.</summary>
/// <remarks>Beginning, resuming, leaving and ending are rare and take one lock; frames never come here.</remarks>
internal sealed partial class SessionRegistry(
    IOptions<SessionsOptions> options, FrameLaneFactory lanes, EmotionStreamMetrics metrics, FrameTraces traces, IOtherServers others, IAdmission admission,
    TimeProvider time, ILogger<SessionRegistry> logger)
{
    // A server that has failed is found out, and its senders come back, while what it left is still there.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    private readonly Lock _changes = new();
    private readonly ConcurrentDictionary<string, Session> _byToken = [];

    public int Count => _byToken.Count;

    private TimeSpan Life => options.Value.ResumeWithin + Slack;

    public IEnumerable<Session> All => _byToken.Values;

    /// <summary>The session of a resume token; its holder is the sender.</summary>
    public Session? Find(string resumeToken) => _byToken.GetValueOrDefault(resumeToken);

    /// <summary>A face that a session saw lately, here or on another server.</summary>
    public async ValueTask<FaceGlimpse?> FindFaceAsync(string resumeToken, string face, double? capturedAt) =>
        Find(resumeToken) is { } session ? session.RecentFaces.Find(face, capturedAt) : await others.FindFaceAsync(resumeToken, face, capturedAt);

    /// <summary>Begins a session, or takes one up again whose token is given, be it on another server.</summary>
    /// <exception cref="RefusedException">The server is full, or the caller has as many as one may.</exception>
    public async ValueTask<(Session Session, bool Resumed)> StartAsync(SenderConnection connection, SenderProfile profile, string? resumeToken)
    {
        var left = resumeToken is not null && others.Exist && !_byToken.ContainsKey(resumeToken) && _byToken.Count < options.Value.MaxSessions
            ? await others.TakeOverAsync<SessionSnapshot>(Stay.Session, resumeToken, Life)
            : null;
        var begun = Start(connection, profile, resumeToken, left);
        if (others.Exist)
        {
            // Before its sender learns the token, so that every server knows it.
            await LeaveForOthersAsync(begun.Session);
        }

        return begun;
    }

    /// <summary>Leaves what another server needs to go on with each session, and lets go of those with which one has.</summary>
    public Task LeaveForOthersAsync() => Task.WhenAll(_byToken.Values.Select(LeaveForOthersAsync));

    /// <summary>Another server has gone on with the session, or ended it.</summary>
    public void LetGo(Session session)
    {
        lock (_changes)
        {
            session.Drop();
            Remove(session);
        }
    }

    /// <summary>The sender's connection is gone: its session waits for it for a while.</summary>
    public void Leave(Session session, string connectionId)
    {
        lock (_changes)
        {
            if (session.Detach(connectionId))
            {
                LogLeft(session.Id);
            }
        }
    }

    /// <summary>Ends the session of that resume token, if there is one, here or on another server.</summary>
    public async Task EndAsync(string resumeToken)
    {
        if (_byToken.TryGetValue(resumeToken, out var session))
        {
            End(session);
        }
        else
        {
            await others.EndAsync(Stay.Session, resumeToken);
        }
    }

    public void End(Session session)
    {
        lock (_changes)
        {
            if (Remove(session))
            {
                _ = others.EndAsync(Stay.Session, session.ResumeToken);
            }
        }
    }

    /// <summary>Ends the sessions whose senders did not come back in time.</summary>
    public void EndAbandoned()
    {
        foreach (var session in _byToken.Values)
        {
            lock (_changes)
            {
                if (session.DetachedAt is { } since && time.GetElapsedTime(since) >= options.Value.ResumeWithin)
                {
                    End(session);
                }
            }
        }
    }

    private bool Remove(Session session)
    {
        var removed = _byToken.TryRemove(session.ResumeToken, out _);
        if (removed)
        {
            session.End();
            session.BegunBy.EndSession();
            metrics.SessionEnded();
            LogEnded(session.Id);
        }

        return removed;
    }

    private (Session Session, bool Resumed) Start(
        SenderConnection connection, SenderProfile profile, string? resumeToken, TakenOver<SessionSnapshot>? left)
    {
        lock (_changes)
        {
            if (resumeToken is not null && _byToken.TryGetValue(resumeToken, out var known))
            {
                known.Attach(connection, profile);
                LogResumed(known.Id);
                return (known, true);
            }

            if (left is null && admission.Refusal is { } full)
            {
                throw new RefusedException(full);
            }

            if (_byToken.Count >= options.Value.MaxSessions)
            {
                throw new RefusedException(Refusals.TooManySessions);
            }

            if (connection.Quota.BeginSession() is { } refusal)
            {
                throw new RefusedException(refusal);
            }

            var session = Create(profile, left is null ? null : (resumeToken!, left), connection.Quota);
            session.Attach(connection, profile);
            _byToken[session.ResumeToken] = session;
            metrics.SessionBegan();
            LogBegan(session.Id, profile.Purpose);
            return (session, session.ResumeToken == resumeToken);
        }
    }

    private async Task LeaveForOthersAsync(Session session)
    {
        if (!await others.LeaveAsync(Stay.Session, session.ResumeToken, session.Snapshot, Life))
        {
            LetGo(session);
        }
    }

    private Session Create(SenderProfile profile, (string Token, TakenOver<SessionSnapshot> Left)? earlier, ClientQuota quota)
    {
        try
        {
            return new Session(profile, options.Value, lanes, metrics, traces, time, earlier) { BegunBy = quota, KeepsSnapshots = others.Exist };
        }
        catch (FormatException problem) when (earlier is not null)
        {
            // Left by a server of another version: the sender starts afresh.
            metrics.HandoverRefused();
            LogUnfit(problem.Message);
            return Create(profile, earlier: null, quota);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What another server left of a session does not fit this one: {Problem}")]
    private partial void LogUnfit(string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Session {SessionId} began, purpose {Purpose}")]
    private partial void LogBegan(string sessionId, Purpose purpose);

    [LoggerMessage(Level = LogLevel.Information, Message = "Session {SessionId} was taken up again")]
    private partial void LogResumed(string sessionId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Session {SessionId} lost its sender and waits")]
    private partial void LogLeft(string sessionId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Session {SessionId} ended")]
    private partial void LogEnded(string sessionId);
}
