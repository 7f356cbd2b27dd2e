using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace EmotionStream.Contracts;

/// <summary>What the room hub calls on those who have joined a room's call.</summary>
public interface IRoomClient
{
    Task Joined(Participant participant);

    Task Left(string participantId);

    /// <summary>Another participant's message to this one, in the order in which they were sent.</summary>
    Task Signalled(string from, string payload);
}

/// <summary>What a viewer asks of the room hub's Watch.</summary>
/// <param name="RateHz">Updates a second, 1 to 30.</param>
/// <param name="Token">A viewer's token for this room, where the operator has set a key.</param>
public sealed record WatchRequest(string? Room = null, double RateHz = 5, string? Token = null);

/// <summary>A room at one moment, as its viewers see it.</summary>
/// <param name="At">Milliseconds since 1970 by the server's clock.</param>
/// <param name="People">Everybody whose camera is in the room, in the order in which they came.</param>
/// <param name="Partial">True while other servers of the room can't be reached: people may be missing.</param>
public sealed record RoomUpdate(string Room, double At, IReadOnlyList<RoomPerson> People, RoomMood Mood,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Partial = null);

/// <summary>One source of a room: a camera session and what it shares of its newest reading.</summary>
/// <param name="Id">The session's id, as its sender knows it from <see cref="Started"/>.</param>
/// <param name="Share">What the person lets others see: full or badge.</param>
/// <param name="Dominant">What the main face (confidence times area) appears to express; null when nobody was seen, or before the first reading.</param>
/// <param name="Faces">Every face of the newest frame, without heat maps; empty when nobody was seen, before the first reading, and with a badge.</param>
/// <param name="At">When the newest reading was made, milliseconds since 1970 by the server's clock; null before the first.</param>
/// <param name="AgeMs">How old the newest reading was when the update was made; null before the first.</param>
public sealed record RoomPerson(
    string Id, string? Name, Share Share, string? Dominant, IReadOnlyList<FaceReading> Faces, double? At, double? AgeMs);

/// <summary>What a room as a whole appears to express: all its recent faces together.</summary>
/// <param name="Emotions">The mean distribution, each face weighted by its certainty; all zero when nobody was seen lately.</param>
/// <param name="Valence">The mean of the faces' own, weighted likewise.</param>
/// <param name="Positive">Faces whose valence is clearly above zero.</param>
/// <param name="Neutral">Faces whose valence is near zero.</param>
/// <param name="Negative">Faces whose valence is clearly below zero.</param>
/// <param name="Agreement">The share that a face's distribution has in common with the mean one: 1 when all are alike, 1/n for n of which no two share anything, 0 for nobody.</param>
/// <param name="People">Faces that were counted.</param>
public sealed record RoomMood(
    float[] Emotions, float Valence, float Arousal, int Positive, int Neutral, int Negative, float Agreement, int People);

/// <summary>What somebody says who joins a room's call.</summary>
/// <param name="Token">A source's token for this room, where the operator has set a key.</param>
/// <param name="ResumeToken">From an earlier <see cref="JoinedRoom"/>: takes that place in the call up again.</param>
public sealed record JoinRequest(string? Room = null, string? Name = null, string? Token = null, string? ResumeToken = null);

/// <summary>The server's answer to <see cref="JoinRequest"/>.</summary>
/// <param name="Id">The participant's own id in this call.</param>
/// <param name="ResumeToken">A secret: its holder may take the place over.</param>
/// <param name="Resumed">True when an earlier place was taken up again, and the others have noticed nothing.</param>
/// <param name="Others">Who else is in the call, in the order in which they came.</param>
/// <param name="IceServers">What the operator has set up for browsers that can't reach each other directly; none by default.</param>
public sealed record JoinedRoom(
    string Id, string ResumeToken, bool Resumed, IReadOnlyList<Participant> Others, IReadOnlyList<IceServer> IceServers);

/// <summary>Somebody in a room's call.</summary>
/// <param name="Id">Signals are addressed to it; it ends with the stay and is never used again.</param>
public sealed record Participant(string Id, string? Name);

/// <summary>A STUN or TURN server, through which browsers find each other where they can't directly.</summary>
/// <param name="Urls">One address, such as stun:stun.example.org:3478.</param>
/// <param name="Username">The name that a TURN server asks for.</param>
/// <param name="Credential">The password that goes with the name; every participant of a call is told it.</param>
public sealed record IceServer(
    [property: Required, RegularExpression("(stuns?|turns?):.+")] string Urls, string? Username = null, string? Credential = null);

/// <summary>What a room token allows.</summary>
public enum RoomRole
{
    /// <summary>To be analyzed in the room, and to join its call.</summary>
    Source,

    /// <summary>To watch the room.</summary>
    Viewer,
}

/// <summary>What the operator asks for: a token of this role, valid for so many minutes.</summary>
public sealed record RoomTokenRequest(RoomRole? Role = null, int? Minutes = null);

/// <summary>A signed token, to be handed to those who may come.</summary>
/// <param name="ExpiresAt">Milliseconds since 1970.</param>
public sealed record RoomToken(string Token, string Room, RoomRole Role, double ExpiresAt);
