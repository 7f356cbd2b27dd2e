namespace EmotionStream.Faces;

/// <summary>What the detector says of one face in one picture.</summary>
internal readonly record struct DetectedFace(FaceBox Box, FacePoints? Points, float Score)
{
    /// <summary>Score times area: of all faces in a picture, the main one has the most.</summary>
    public float Prominence => Score * Box.Area;
}
