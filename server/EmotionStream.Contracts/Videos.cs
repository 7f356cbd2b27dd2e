using System.Text.Json.Serialization;

namespace EmotionStream.Contracts;

/// <summary>How far the work on an uploaded clip has come.</summary>
/// <param name="Id">Anyone who knows it can fetch the result; it can't be guessed.</param>
/// <param name="Progress">The share of the clip that is done, 0 to 1; null while its length is unknown.</param>
/// <param name="Frames">Pictures measured so far.</param>
/// <param name="Seconds">How much of the clip they cover.</param>
/// <param name="Problem">Why it failed; absent otherwise.</param>
public sealed record VideoStatus(
    string Id,
    VideoState State,
    double? Progress,
    int Frames,
    double Seconds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] StillProblem? Problem = null);

/// <summary>One picture of a clip.</summary>
/// <param name="Seconds">Since the clip's beginning.</param>
/// <param name="Faces">Ids stay with a face from picture to picture; `emotions` is judged over time.</param>
public sealed record VideoFrame(double Seconds, IReadOnlyList<FaceReading> Faces);

/// <summary>A clip's time line.</summary>
/// <param name="Labels">What the numbers of each face's emotions stand for.</param>
/// <param name="FramesPerSecond">Pictures a second that were looked at.</param>
public sealed record VideoTimeline(string Id, IReadOnlyList<string> Labels, int FramesPerSecond, IReadOnlyList<VideoFrame> Frames);

/// <summary>How far the work on a clip has come.</summary>
public enum VideoState
{
    Queued,
    Working,
    Done,
    Failed,
}
