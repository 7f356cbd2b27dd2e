namespace EmotionStream.Faces.Telemetry;

/// <summary>The stage names that time is measured under.</summary>
internal static class Stages
{
    public const string Queued = "queued";
    public const string Decode = "decode";
    public const string Detect = "detect";
    public const string Crop = "crop";
    public const string Infer = "infer";
    public const string Answer = "answer";
    public const string StillQueued = "still_queued";
    public const string StillDecode = "still_decode";
    public const string StillDetect = "still_detect";
}
