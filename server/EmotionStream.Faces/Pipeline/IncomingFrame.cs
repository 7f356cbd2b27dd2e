using EmotionStream.Faces.Decoding;

namespace EmotionStream.Faces.Pipeline;

/// <summary>A frame as it arrived, before anybody looked into it.</summary>
/// <param name="CapturedAt">The sender's time stamp, not to be trusted: milliseconds since 1970.</param>
/// <param name="ReceivedAt">The server's own monotonic time stamp.</param>
internal readonly record struct IncomingFrame(long Sequence, double CapturedAt, long ReceivedAt, JpegFrame Jpeg);
