using EmotionStream.Contracts;
using EmotionStream.Limits;

namespace EmotionStream.Sessions;

/// <summary>The connection that a session's sender is on now.</summary>
/// <param name="Quota">What frames that come over it count for.</param>
internal sealed record SenderConnection(string Id, ICameraClient Client, ClientQuota Quota, Action Abort);
