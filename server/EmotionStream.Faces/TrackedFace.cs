namespace EmotionStream.Faces;

/// <summary>A detected face with the identity it keeps from frame to frame within its session.</summary>
/// <param name="Id">Unique within the session and never given out twice.</param>
/// <param name="Face">This frame's face; its box is steadied over time.</param>
/// <param name="Age">Seconds since the face was first seen.</param>
/// <param name="Elapsed">Seconds since the face was last seen; 0 on its first frame.</param>
internal readonly record struct TrackedFace(int Id, DetectedFace Face, double Age, double Elapsed);
