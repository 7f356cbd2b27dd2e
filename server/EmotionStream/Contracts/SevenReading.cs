using System.Text.Json.Serialization;

namespace EmotionStream.Contracts;

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
