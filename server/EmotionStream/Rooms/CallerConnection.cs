using EmotionStream.Contracts;

namespace EmotionStream.Rooms;

/// <summary>The connection that a participant of a call is on at the moment.</summary>
/// <param name="Abort">Closes it.</param>
internal sealed record CallerConnection(string Id, IRoomClient Client, Action Abort);
