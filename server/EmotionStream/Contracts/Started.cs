namespace EmotionStream.Contracts;

/// <summary>The server's answer to <see cref="StartRequest"/>.</summary>
/// <param name="ResumeToken">A secret: whoever holds it may take the session over.</param>
/// <param name="Resumed">True when an earlier session goes on, with its face ids and recurrent state.</param>
/// <param name="Correctable">Whether the server takes corrections of the session's faces.</param>
public sealed record Started(
    string SessionId, string ResumeToken, bool Resumed, SessionLimits Limits, ModelInfo Model, IReadOnlyList<string> Labels, bool Correctable);
