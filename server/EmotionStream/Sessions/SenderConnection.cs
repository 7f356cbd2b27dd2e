using EmotionStream.Contracts;

namespace EmotionStream.Sessions;

/// <summary>The connection that a session's sender is on at present.</summary>
internal sealed record SenderConnection(string Id, ICameraClient Client, Action Abort);
