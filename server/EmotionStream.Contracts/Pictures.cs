using System.Text.Json.Serialization;

namespace EmotionStream.Contracts;

/// <summary>One uploaded picture's answer: its faces, or why it has none.</summary>
/// <param name="Index">The picture's place in the request, from 0.</param>
/// <param name="Width">The upright picture's own width in pixels; 0 when it was refused.</param>
/// <param name="Faces">Nobody in the picture is an empty list.</param>
/// <param name="Timings">Where the time went, in milliseconds.</param>
/// <param name="Problem">Why this picture of several was refused; absent when it was measured.</param>
public sealed record StillReading(
    int Index,
    int Width,
    int Height,
    IReadOnlyList<StillFace> Faces,
    StageTimings Timings,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] StillProblem? Problem = null);

/// <summary>Why a picture was refused.</summary>
/// <param name="Code">A word that stays the same, to be acted upon.</param>
/// <param name="Detail">A sentence for people.</param>
public sealed record StillProblem(string Code, string Detail)
{
    public static StillProblem Of(Refusal refusal) => new(refusal.Code, refusal.Detail);
}

/// <summary>The answer to uploaded pictures.</summary>
/// <param name="Labels">What the numbers of each face's emotions stand for.</param>
/// <param name="Images">One entry a picture, in their order.</param>
/// <param name="Correctable">Whether the server takes corrections, so that `correct=true` gives each face a token.</param>
public sealed record StillReadingList(IReadOnlyList<string> Labels, IReadOnlyList<StillReading> Images, bool Correctable);

/// <summary>What one face of an uploaded picture appears to express.</summary>
/// <param name="Id">1, 2, 3 within its picture, the surest face first.</param>
/// <param name="Box">x, y, width, height in 0..1 of the upright picture.</param>
/// <param name="Points">Right eye, left eye, nose, right and left mouth corner as x, y pairs in 0..1; right and left are the person's own.</param>
/// <param name="Confidence">The detector's score that this is a face.</param>
/// <param name="Emotions">Probabilities in the order of the labels.</param>
/// <param name="Certainty">The calibrated probability that the dominant label is what most people would say.</param>
/// <param name="Valence">Unpleasant to pleasant, -1 to 1.</param>
/// <param name="Arousal">Calm to excited, -1 to 1.</param>
/// <param name="Heatmap">6x6 over the face's crop, row by row, 0..1: where the dominant label was seen; only when asked for.</param>
/// <param name="CorrectionToken">With it, `POST /api/v1/corrections` can say for a quarter of an hour what the face showed; only when asked for.</param>
/// <param name="Pose">Which way the head faces; absent where the points do not tell.</param>
/// <param name="Unclear">True where the certainty is too low for a word, for instance behind a hand or in a blurred picture; left out otherwise.</param>
public sealed record StillFace(
    string Id,
    float[] Box,
    float[]? Points,
    float Confidence,
    float[] Emotions,
    string Dominant,
    float Certainty,
    float Valence,
    float Arousal,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] float[]? Heatmap = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CorrectionToken = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] HeadPose? Pose = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Unclear = null);

/// <summary>DeepFace's reply.</summary>
/// <param name="Results">The faces of one picture; of several pictures a list of faces each.</param>
public sealed record AnalyzeReply(object Results);

/// <summary>One face in the words of DeepFace and of what was built on it: seven labels, percent, pixels.</summary>
/// <param name="FaceConfidence">The detector's score; 0 where no face was found and the whole picture was taken for one.</param>
/// <param name="Emotion">Percent by label.</param>
public sealed record SevenReading(
    [property: JsonPropertyName("region")] FaceRegion Region,
    [property: JsonPropertyName("face_confidence")] double FaceConfidence,
    [property: JsonPropertyName("emotion")] IReadOnlyDictionary<string, double> Emotion,
    [property: JsonPropertyName("dominant_emotion")] string DominantEmotion);

/// <summary>Where a face is, in whole pixels of the upright picture; left and right eye are the person's own.</summary>
public sealed record FaceRegion(
    [property: JsonPropertyName("x")] int X,
    [property: JsonPropertyName("y")] int Y,
    [property: JsonPropertyName("w")] int Width,
    [property: JsonPropertyName("h")] int Height,
    [property: JsonPropertyName("left_eye")] int[]? LeftEye,
    [property: JsonPropertyName("right_eye")] int[]? RightEye);
