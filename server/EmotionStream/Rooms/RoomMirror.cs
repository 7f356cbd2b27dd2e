using EmotionStream.Contracts;

namespace EmotionStream.Rooms;

/// <summary>What this server knows of a room's part on other servers.</summary>
/// <param name="Every">The pause between two of its updates; zero while nobody watches here.</param>
/// <param name="IsPartial">The other servers can't be reached: people may be missing.</param>
internal sealed record RoomMirror(IReadOnlyList<RemotePerson> People, TimeSpan Every, bool IsPartial)
{
    public static RoomMirror Empty { get; } = new([], TimeSpan.Zero, IsPartial: false);
}

/// <summary>Somebody whose camera is on another server.</summary>
/// <param name="Moves">How often the session has gone from one server to another.</param>
internal sealed record RemotePerson(string Id, string? Name, Share Share, DateTimeOffset Since, int Moves, string? Dominant, Reading? Newest);

/// <summary>A participant of a call who is on another server.</summary>
internal sealed record RemoteCaller(Participant Participant, long Order);
