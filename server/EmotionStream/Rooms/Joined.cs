using EmotionStream.Contracts;

namespace EmotionStream.Rooms;

/// <summary>A place in a call, and who else is there.</summary>
/// <param name="Resumed">True when it is the place that the participant had before.</param>
internal sealed record Joined(Caller Caller, bool Resumed, IReadOnlyList<Participant> Others);
