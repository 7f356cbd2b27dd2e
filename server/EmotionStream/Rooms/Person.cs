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

    /// <summary>Keeps this person's readings, where history is on and they are shared in full: nothing is kept that nobody may see.</summary>
    public HistorySource? History => history;

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

    public RoomPerson Describe(long now, DateTimeOffset at)
    {
        var profile = session.Profile;
        if (_newest is not { } newest)
        {
            return new RoomPerson(session.Id, profile.Name, profile.Share, Dominant: null, [], At: null, AgeMs: null);
        }

        // A reading may arrive after the moment that is described.
        var age = Math.Max(0, time.GetElapsedTime(newest.At, now).TotalMilliseconds);
        var dominant = FaceReading.MainOf(newest.Faces)?.Dominant;
        IReadOnlyList<FaceReading> faces = profile.Share == Share.Full ? [.. newest.Faces.Select(WithoutHeatmap)] : [];
        return new RoomPerson(session.Id, profile.Name, profile.Share, dominant, faces, Room.Milliseconds(at) - age, age);
    }

    /// <summary>A heat map belongs to the sender who asked for it, and would double what viewers receive.</summary>
    private static FaceReading WithoutHeatmap(FaceReading face) => face.Heatmap is null ? face : face with { Heatmap = null };

    private sealed record Reading(IReadOnlyList<FaceReading> Faces, long At);
}
