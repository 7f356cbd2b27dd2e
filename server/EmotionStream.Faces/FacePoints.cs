using System.Numerics;

namespace EmotionStream.Faces;

/// <summary>Five points of a face in pixels of the decoded picture; right and left are the person's own, as YuNet orders them.</summary>
internal readonly record struct FacePoints(Vector2 RightEye, Vector2 LeftEye, Vector2 Nose, Vector2 RightMouth, Vector2 LeftMouth)
{
    /// <summary>Whether every coordinate is a number.</summary>
    public bool AreFinite
    {
        get
        {
            var sum = RightEye + LeftEye + Nose + RightMouth + LeftMouth;
            return float.IsFinite(sum.X + sum.Y);
        }
    }

    public static FacePoints operator +(in FacePoints one, in FacePoints other) => new(
        one.RightEye + other.RightEye, one.LeftEye + other.LeftEye, one.Nose + other.Nose,
        one.RightMouth + other.RightMouth, one.LeftMouth + other.LeftMouth);

    public static FacePoints operator *(in FacePoints points, float factor) => new(
        points.RightEye * factor, points.LeftEye * factor, points.Nose * factor, points.RightMouth * factor, points.LeftMouth * factor);

    /// <summary>The points in their order as x, y pairs in other units, such as 0..1 of the picture.</summary>
    public float[] Scaled(float scaleX, float scaleY)
    {
        var scale = new Vector2(scaleX, scaleY);
        var (right, left, nose) = (RightEye * scale, LeftEye * scale, Nose * scale);
        var (rightMouth, leftMouth) = (RightMouth * scale, LeftMouth * scale);
        return [right.X, right.Y, left.X, left.Y, nose.X, nose.Y, rightMouth.X, rightMouth.Y, leftMouth.X, leftMouth.Y];
    }
}
