namespace EmotionStream.Contracts;

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
