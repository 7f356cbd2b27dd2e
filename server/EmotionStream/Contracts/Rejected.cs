namespace EmotionStream.Contracts;

/// <summary>The answer to one frame that was not measured.</summary>
public sealed record Rejected(long Sequence, RejectionReason Reason, string Detail);
