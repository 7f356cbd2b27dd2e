using System.Text.Json.Serialization;

namespace EmotionStream.Contracts;

/// <summary>What one face appears to express in one frame.</summary>
/// <param name="Id">Stays with the face from frame to frame within its session.</param>
/// <param name="Box">x, y, width, height in 0..1 of the upright frame.</param>
/// <param name="Points">Right eye, left eye, nose, right and left mouth corner as x, y pairs in 0..1; right and left are the person's own.</param>
/// <param name="Confidence">The detector's score that this is a face.</param>
/// <param name="Age">Seconds since the face was first seen.</param>
/// <param name="Emotions">Probabilities in the order of <see cref="EmotionLabels"/>, judged over time.</param>
/// <param name="Still">The same from this one frame alone.</param>
/// <param name="Certainty">The calibrated probability that the dominant label is what most people would say.</param>
/// <param name="Heatmap">6x6 over the face's crop, row by row, 0..1: where the dominant label was seen; only when asked for.</param>
/// <param name="Pose">Which way the head faces; absent where the points do not tell.</param>
/// <param name="Unclear">True where the certainty is too low for a word, for instance behind a hand or in a blurred picture; left out otherwise.</param>
public sealed record FaceReading(
    string Id,
    float[] Box,
    float[]? Points,
    float Confidence,
    double Age,
    float[] Emotions,
    float[] Still,
    string Dominant,
    float Certainty,
    float Valence,
    float Arousal,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] float[]? Heatmap,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] HeadPose? Pose = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Unclear = null)
{    /// <summary>The main face of a frame, by confidence times area; null when there is none.</summary>
    public static FaceReading? MainOf(IEnumerable<FaceReading> faces) => faces.MaxBy(face => face.Confidence * face.Box[2] * face.Box[3]);
}

/// <summary>Which way a head faces, in degrees, from its five points; 0, 0, 0 faces the camera. Errs by about 5 degrees.</summary>
/// <param name="Yaw">Above 0: turned to the right of the picture, the person's own left.</param>
/// <param name="Pitch">Above 0: raised, looking up.</param>
/// <param name="Roll">Above 0: leaning clockwise in the picture, toward the person's own left shoulder.</param>
public sealed record HeadPose(float Yaw, float Pitch, float Roll);

/// <summary>Where a frame's time on the server went, in milliseconds.</summary>
/// <param name="Queued">From arrival until a worker took it.</param>
/// <param name="Detect">Detection, tracking and cropping.</param>
/// <param name="Infer">From the sample queue to the reading, waiting for the batch included.</param>
public sealed record StageTimings(double Queued, double Decode, double Detect, double Infer);
