using System.Text.Json.Serialization;

namespace EmotionStream.Contracts;

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
