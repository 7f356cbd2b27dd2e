namespace EmotionStream.Contracts;

/// <summary>The server's answer to <see cref="JoinRequest"/>.</summary>
/// <param name="Id">The participant's own id in this call.</param>
/// <param name="ResumeToken">A secret: whoever holds it may take the place over.</param>
/// <param name="Resumed">True when an earlier place was taken up again, and the others have noticed nothing.</param>
/// <param name="Others">Who else is in the call, in the order in which they came.</param>
/// <param name="IceServers">What the operator has set up for browsers that can't reach each other directly; none by default.</param>
public sealed record JoinedRoom(
    string Id, string ResumeToken, bool Resumed, IReadOnlyList<Participant> Others, IReadOnlyList<IceServer> IceServers);
