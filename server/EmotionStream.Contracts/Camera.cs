using System.Text.Json.Serialization;

namespace EmotionStream.Contracts;

/// <summary>What the camera hub calls on its clients.</summary>
public interface ICameraClient
{
    Task Measured(Measured measured);

    Task Rejected(Rejected rejected);

    Task Stopping(Stopping stopping);
}

/// <summary>What a sender says before its first frame.</summary>
/// <param name="Purpose">Required; missing is refused rather than guessed.</param>
/// <param name="Consent">True once the person in front of the camera has agreed.</param>
/// <param name="ResumeToken">From an earlier <see cref="Started"/>: takes that session up again, face ids included.</param>
/// <param name="Share">What the room's others see; with nothing the session is in no room at all.</param>
/// <param name="Token">A source's token for the room, where the operator has set a key.</param>
/// <param name="RestFace">How the sender's face at rest read, in label order: readings are judged against it, until SetRestFace says otherwise.</param>
public sealed record StartRequest(
    Purpose? Purpose = null,
    bool Consent = false,
    string? Room = null,
    string? Name = null,
    string? ResumeToken = null,
    bool WantHeatmap = false,
    string? Token = null,
    Share Share = Share.Full,
    IReadOnlyList<float>? RestFace = null);

/// <summary>What the readings will be used for; asked of every sender, because some uses are not allowed everywhere.</summary>
public enum Purpose
{
    Personal,
    Entertainment,
    Research,
    Wellbeing,
    Workplace,
    Education,
}

/// <summary>What the others in a room see of somebody's readings; the sender's own come back whole in any case.</summary>
public enum Share
{
    /// <summary>Everything but heat maps.</summary>
    Full,

    /// <summary>Only which expression the person's main face appears to show.</summary>
    Badge,

    /// <summary>Nothing, not even that the camera is read.</summary>
    Nothing,
}

/// <summary>The server's answer to <see cref="StartRequest"/>.</summary>
/// <param name="ResumeToken">A secret: its holder may take the session over.</param>
/// <param name="Resumed">True when an earlier session goes on, with its face ids and recurrent state.</param>
/// <param name="Correctable">Whether the server takes corrections of the session's faces.</param>
public sealed record Started(
    string SessionId, string ResumeToken, bool Resumed, SessionLimits Limits, ModelInfo Model, IReadOnlyList<string> Labels, bool Correctable);

/// <summary>What one session may send.</summary>
/// <param name="MaxUnanswered">Frames that may await their answer; more only get superseded.</param>
public sealed record SessionLimits(
    int MaxFrameBytes, int MaxFrameSide, int MaxUnanswered, int MaxFramesPerSecond, double ResumeWithinSeconds);

/// <summary>Which model files the server runs, by file name.</summary>
public sealed record ModelInfo(string Emotion, string Face);

/// <summary>The answer to one frame: every face in it, possibly none.</summary>
/// <param name="CapturedAt">The sender's own time stamp, handed back: milliseconds since 1970.</param>
/// <param name="Width">Of the frame as it was sent, in pixels.</param>
/// <param name="Pace">Frames a second that a sender should send at most, three times what a full server can measure of each. Left out where it keeps up.</param>
public sealed record Measured(
    long Sequence,
    double CapturedAt,
    int Width,
    int Height,
    IReadOnlyList<FaceReading> Faces,
    StageTimings Timings,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Pace = null);

/// <summary>The answer to one frame that was not measured.</summary>
/// <param name="Pace">As in <see cref="Measured"/>.</param>
public sealed record Rejected(
    long Sequence, RejectionReason Reason, string Detail, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Pace = null);

/// <summary>Why a frame was not measured.</summary>
public enum RejectionReason
{
    /// <summary>A newer frame of the same session took its place before it was begun.</summary>
    Superseded,

    /// <summary>Its bytes are no JPEG picture that can be decoded as a whole.</summary>
    Undecodable,

    /// <summary>It has more bytes or pixels than the session's limits allow.</summary>
    TooLarge,

    /// <summary>The sender sends faster than the session's limits allow.</summary>
    RateLimited,

    /// <summary>The server is stopping, or failed on this frame through no fault of the sender.</summary>
    Busy,

    /// <summary>The session has not been started, or has been stopped.</summary>
    NotStarted,
}

/// <summary>Told to every sender before the server goes away: come back with the resume token.</summary>
/// <param name="Elsewhere">True where another server goes on with the session at once; otherwise come back a little later.</param>
public sealed record Stopping(string Detail, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Elsewhere = null);
