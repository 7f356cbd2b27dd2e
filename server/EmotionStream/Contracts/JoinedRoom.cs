namespace EmotionStream.Contracts;

/// <summary>The server's answer to <see cref="JoinRequest"/>.</summary>
/// <param name="Id">The new participant's own id in this call.</param>
/// <param name="Others">Who was in the call already, in the order in which they came.</param>
public sealed record JoinedRoom(string Id, IReadOnlyList<Participant> Others);
