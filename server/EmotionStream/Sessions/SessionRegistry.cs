using System.Collections.Concurrent;
using EmotionStream.Contracts;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Telemetry;
using Microsoft.Extensions.Options;

namespace EmotionStream.Sessions;

/// <summary>Owns every session's life: begins it, hands it back to a sender who returns in time, and ends it.</summary>
/// <remarks>Beginning, resuming, leaving and ending are rare and take one lock; frames never come here.</remarks>
internal sealed partial class SessionRegistry(
    IOptions<SessionsOptions> options, FrameLaneFactory lanes, EmotionStreamMetrics metrics, FrameTraces traces, TimeProvider time,
    ILogger<SessionRegistry> logger)
{
    private readonly Lock _changes = new();
    private readonly ConcurrentDictionary<string, Session> _byToken = [];

    public int Count => _byToken.Count;

    public IEnumerable<Session> All => _byToken.Values;

    /// <summary>The session of a resume token; its holder is the sender.</summary>
    public Session? Find(string resumeToken) => _byToken.GetValueOrDefault(resumeToken);

    /// <summary>Begins a session, or takes one up again whose token is given.</summary>
    /// <exception cref="RefusedException">The server is full, or the caller has as many as one may.</exception>
    public (Session Session, bool Resumed) Start(SenderConnection connection, SenderProfile profile, string? resumeToken)
    {
        lock (_changes)
        {
            if (resumeToken is not null && _byToken.TryGetValue(resumeToken, out var known))
            {
                known.Attach(connection, profile);
                LogResumed(known.Id);
                return (known, true);
            }

            if (_byToken.Count >= options.Value.MaxSessions)
            {
                throw new RefusedException(Refusals.TooManySessions);
            }

            if (connection.Quota.BeginSession() is { } refusal)
            {
                throw new RefusedException(refusal);
            }

            var session = new Session(profile, options.Value, lanes, metrics, traces, time) { BegunBy = connection.Quota };
            session.Attach(connection, profile);
            _byToken[session.ResumeToken] = session;
            metrics.SessionBegan();
            LogBegan(session.Id, profile.Purpose);
            return (session, false);
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

    /// <summary>Ends the session of that resume token, if there is one.</summary>
    public void End(string resumeToken)
    {
        if (_byToken.TryGetValue(resumeToken, out var session))
        {
            End(session);
        }
    }

    public void End(Session session)
    {
        lock (_changes)
        {
            if (_byToken.TryRemove(session.ResumeToken, out _))
            {
                session.End();
                session.BegunBy.EndSession();
                metrics.SessionEnded();
                LogEnded(session.Id);
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

    [LoggerMessage(Level = LogLevel.Information, Message = "Session {SessionId} began, purpose {Purpose}")]
    private partial void LogBegan(string sessionId, Purpose purpose);

    [LoggerMessage(Level = LogLevel.Information, Message = "Session {SessionId} was taken up again")]
    private partial void LogResumed(string sessionId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Session {SessionId} lost its sender and waits")]
    private partial void LogLeft(string sessionId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Session {SessionId} ended")]
    private partial void LogEnded(string sessionId);
}
