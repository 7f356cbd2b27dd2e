namespace EmotionStream.Contracts;

/// <summary>Where a frame's time on the server went, in milliseconds.</summary>
/// <param name="Queued">From arrival until a worker took it.</param>
/// <param name="Detect">Detection, tracking and cropping.</param>
/// <param name="Infer">From the sample queue to the reading, waiting for the batch included.</param>
public sealed record StageTimings(double Queued, double Decode, double Detect, double Infer);
