namespace EmotionStream.Telemetry;

/// <summary>The stage names that time is measured under.</summary>
internal static class Stages
{
    public const string Queued = "queued";
    public const string Decode = "decode";
    public const string Detect = "detect";
    public const string Infer = "infer";
}
