namespace EmotionStream.Faces.Telemetry;

/// <summary>The stage names that time is measured under.</summary>
internal static class Stages
{
    public const string Crop = "crop";
    public const string Infer = "infer";
    public const string Answer = "answer";

    public static StageNames Frame { get; } = new("queued", "decode", "detect");

    public static StageNames Still { get; } = new("still_queued", "still_decode", "still_detect");

    public static StageNames Clip { get; } = new("clip_queued", "clip_decode", "clip_detect");
}

/// <summary>The stages of a picture of one kind before the emotion model.</summary>
internal sealed record StageNames(string Queued, string Decode, string Detect);
