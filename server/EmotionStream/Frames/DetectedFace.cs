namespace EmotionStream.Frames;

/// <summary>What the detector says of one face in one picture.</summary>
internal readonly record struct DetectedFace(FaceBox Box, FacePoints? Points, float Score);
