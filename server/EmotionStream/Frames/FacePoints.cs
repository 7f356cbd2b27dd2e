using System.Numerics;

namespace EmotionStream.Frames;

/// <summary>Five points of a face in pixels of the decoded picture; right and left are the person's own, as YuNet orders them.</summary>
internal readonly record struct FacePoints(Vector2 RightEye, Vector2 LeftEye, Vector2 Nose, Vector2 RightMouth, Vector2 LeftMouth);
