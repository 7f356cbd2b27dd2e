namespace EmotionStream.Contracts;

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
