using EmotionStream.Contracts;
using EmotionStream.History;
using EmotionStream.Sessions;

namespace EmotionStream.Rooms;

/// <summary>A camera session as a room sees it: who, and its newest reading.</summary>
/// <remarks>The pipeline only puts the newest reading here; viewers fetch it when their turn is due.</remarks>
internal sealed class Person(Session session, Room room, HistorySource? history, Action<Person> leave, TimeProvider time) : IReadingObserver
{
    private volatile Reading? _newest;

    public Room Room => room;

    public Session Session => session;

    /// <summary>Keeps this person's readings, where history is on and they are shared in full: nothing is kept that nobody may see.</summary>
    public HistorySource? History => history;

    public Reading? Newest => _newest;

    /// <summary>Whether the room, on all servers together, has a place for this person.</summary>
    public bool IsAdmitted { get; set; }

    public void OnMeasured(Measured measured)
    {
        _newest = new Reading(measured.Faces, time.GetTimestamp());
        if (session.Profile.Share == Share.Full)
        {
            history?.Offer(measured.Faces);
        }
    }

    public void OnEnded() => leave(this);

    /// <summary>True when the sender's connection has been gone for that long.</summary>
    public bool IsLost(long now, TimeSpan patience) => session.DetachedAt is { } since && time.GetElapsedTime(since, now) >= patience;

    /// <summary>The person as others may see them.</summary>
    public RemotePerson Describe()
    {
        var (profile, newest) = (session.Profile, _newest);
        var shown = newest is null || profile.Share == Share.Full ? newest : newest with { Faces = [] };
        return new RemotePerson(
            session.Id, profile.Name, profile.Share, session.StartedAt, session.Moves, newest is null ? null : FaceReading.MainOf(newest.Faces)?.Dominant, shown);
    }
}
