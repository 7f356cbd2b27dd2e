using EmotionStream.Contracts;
using EmotionStream.Sessions;

namespace EmotionStream.Cluster;

/// <summary>What a server tells a room of its own part of it.</summary>
/// <param name="RateHz">How often its fastest viewer wants to see the room; 0 without any.</param>
[GenerateSerializer, Immutable]
internal sealed record ServerReport(
    [property: Id(0)] string Server, [property: Id(1)] PersonEntry[] People, [property: Id(2)] CallerEntry[] Callers, [property: Id(3)] double RateHz);

/// <summary>What a room answers.</summary>
/// <param name="WantedHz">How often viewers on other servers want to see the room; 0 if nobody there watches.</param>
/// <param name="Callers">Participants of the call on other servers.</param>
/// <param name="IsComplete">False while not every server may have told of its part yet.</param>
/// <param name="At">Which state of the call this is.</param>
[GenerateSerializer, Immutable]
internal sealed record RoomReply(
    [property: Id(0)] double WantedHz, [property: Id(1)] CallerEntry[] Callers, [property: Id(2)] bool IsComplete, [property: Id(3)] CallVersion At);

/// <summary>The states of a call in their order, for as long as its room lives on one server.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct CallVersion([property: Id(0)] Guid Room, [property: Id(1)] long Number)
{
    /// <remarks>No property: a record prints its properties, and this would go on without end.</remarks>
    public CallVersion Following() => this with { Number = Number + 1 };

    /// <summary>Whether another state of the same life came later.</summary>
    public bool IsBefore(CallVersion other) => Room == other.Room && Number < other.Number;
}

/// <summary>A room's people on other servers than the one that it is told to.</summary>
[GenerateSerializer, Immutable]
internal sealed record RoomView([property: Id(0)] PersonEntry[] People, [property: Id(1)] bool IsComplete);

/// <summary>A camera in a room.</summary>
/// <param name="Since">Milliseconds since 1970 by its server's clock.</param>
/// <param name="Faces">As <see cref="WireFaces"/> writes them; null before the first reading.</param>
/// <param name="AgeMs">How old the reading was when this was sent.</param>
[GenerateSerializer, Immutable]
internal sealed record PersonEntry(
    [property: Id(0)] string Id, [property: Id(1)] string? Name, [property: Id(2)] Share Share, [property: Id(3)] double Since, [property: Id(4)] int Moves,
    [property: Id(5)] string? Dominant, [property: Id(6)] byte[]? Faces, [property: Id(7)] double AgeMs);

/// <summary>A participant of a call.</summary>
/// <param name="Order">Later ones have higher numbers.</param>
[GenerateSerializer, Immutable]
internal sealed record CallerEntry([property: Id(0)] string Id, [property: Id(1)] string? Name, [property: Id(2)] long Order);

/// <summary>The answer to somebody who joins a call.</summary>
[GenerateSerializer, Immutable]
internal sealed record CallReply([property: Id(0)] long Order, [property: Id(1)] CallerEntry[] Elsewhere);

/// <summary>Something that participants on one server are to learn, in the order in which it happened.</summary>
[GenerateSerializer, Immutable]
internal sealed record CallNews(
    [property: Id(0)] CallNewsKind Kind, [property: Id(6)] CallVersion At, [property: Id(1)] CallerEntry? Joined = null, [property: Id(2)] string? Left = null, [property: Id(3)] string? From = null,
    [property: Id(4)] string? To = null, [property: Id(5)] string? Payload = null);

internal enum CallNewsKind
{
    Joined,
    Left,
    Signal,
}

/// <summary>A face that another server has read, to be corrected.</summary>
[GenerateSerializer, Immutable]
internal sealed record FaceCopy(
    [property: Id(0)] int FaceId, [property: Id(1)] double CapturedAt, [property: Id(2)] Half[] Embedding, [property: Id(3)] int Answer,
    [property: Id(4)] string ModelSha256, [property: Id(5)] string? Contributor, [property: Id(6)] byte[]? Crop)
{
    public static FaceCopy? Of(FaceGlimpse? face) => face is null ? null
        : new FaceCopy(face.FaceId, face.CapturedAt, face.Embedding, face.Answer, face.ModelSha256, face.Crop?.Contributor, face.Crop?.Pixels);

    /// <summary>Its time of sight was the other server's; here it counts as seen now.</summary>
    public FaceGlimpse ToGlimpse() => new(
        FaceId, CapturedAt, SeenAt: 0, Embedding, Answer, ModelSha256, Contributor is not null && Crop is not null ? new FaceCrop(Contributor, Crop) : null);
}

/// <summary>How full a server is.</summary>
/// <param name="Load">The lower, the more room there is.</param>
/// <param name="PublicAddress">Where browsers reach it, if they can.</param>
[GenerateSerializer, Immutable]
internal sealed record ServerState([property: Id(0)] double Load, [property: Id(1)] bool HasRoom, [property: Id(2)] string? PublicAddress);
