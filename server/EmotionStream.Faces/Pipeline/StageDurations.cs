using EmotionStream.Contracts;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Milliseconds that a picture spent in each stage, kept without allocating; <see cref="StageTimings"/> is what is said of them.</summary>
internal readonly record struct StageDurations(double Queued, double Decode, double Detect, double Infer)
{
    public StageTimings ToTimings() => new(Queued, Decode, Detect, Infer);
}
