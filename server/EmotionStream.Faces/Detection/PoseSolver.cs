using System.Numerics;
using EmotionStream.Contracts;

namespace EmotionStream.Faces.Detection;

/// <summary>Which way a head faces, from its five points: the turn that lays a generic face's points over them best.</summary>
/// <remarks>
/// Scaled orthography in closed form: 0.2 us a face and no garbage. OpenCV's SolvePnP, which would also need the camera's focal length, takes 81 us, 4% of
/// a frame's whole cost, and errs by 4.7 degrees of yaw where this errs by 5.4, the points being as inexact as they are
/// (docs/decisions/pictures.md).
/// </remarks>
internal static class PoseSolver
{
    // Right eye, left eye, nose, right and left mouth corner; a unit is the distance of the eyes, x to the right of the picture, y down, z into it.
    // x and y: the average of 1,109 FER+ faces (CropGeometry), whose pose is therefore zero. z: the neutral face of ICT-FaceKit (MIT), landmarks
    // 37-42, 43-48, 31, 49 and 55 of the usual 68.
    private static readonly Vector3[] Face =
        [new(-0.500f, 0, 0.177f), new(0.500f, 0, 0.177f), new(0, 0.552f, -0.413f), new(-0.425f, 1.023f, 0.029f), new(0.425f, 1.023f, 0.029f)];

    // A smile raises the corners of the mouth, which would otherwise pass for a lowered head: 27 degrees for a broad one. It also spreads them, and no
    // turn of the head changes how wide the mouth is against the eyes. What both corners do for each unit of that width: ICT-FaceKit's mouthSmile.
    private static readonly Vector3 LeftCornerInSmile = new(0.5f, -0.73f, 0.65f);
    private static readonly Vector3 RightCornerInSmile = LeftCornerInSmile with { X = -0.5f };
    private const float MouthWidth = 0.85f;

    // The broadest smile of the demo's faces is 0.29 wider than the average mouth. Beyond this, as in profile, the points are wrong.
    private const float MostWidening = 0.3f;

    /// <summary>The pose in tenths of a degree; null without points, and where they tell nothing.</summary>
    public static HeadPose? Of(in FacePoints? face)
    {
        if (face is not { } points)
        {
            return null;
        }

        ReadOnlySpan<Vector2> found = [points.RightEye, points.LeftEye, points.Nose, points.RightMouth, points.LeftMouth];
        Span<Vector3> model = stackalloc Vector3[Face.Length];
        Smile(Widening(points), model);
        var (across, down) = (Vector3.Zero, Vector3.Zero);
        for (var i = 0; i < found.Length; i++)
        {
            // The model's points add up to zero, so the mean of the found ones drops out.
            across += found[i].X * model[i];
            down += found[i].Y * model[i];
        }

        // Least squares: how the picture's x and y go in the head's own directions.
        var inverse = InverseOfSquares(model);
        across = Unit(Vector3.TransformNormal(across, inverse));
        down = Unit(Vector3.TransformNormal(down, inverse));
        // Noise leaves them not quite at right angles: the nearest two that are.
        var (sum, difference) = (Unit(across + down), Unit(across - down));
        (across, down) = ((sum + difference) / MathF.Sqrt(2), (sum - difference) / MathF.Sqrt(2));
        var into = Vector3.Cross(across, down);
        return float.IsFinite(into.Length())
            ? new HeadPose(InDegrees(MathF.Atan2(-across.Z, into.Z)), InDegrees(MathF.Asin(Math.Clamp(down.Z, -1, 1))), InDegrees(MathF.Atan2(down.X, down.Y)))
            : null;
    }

    private static Vector3 Unit(Vector3 vector) => vector / vector.Length();

    private static float InDegrees(float radians) => MathF.Round(radians * 180 / MathF.PI, 1);

    /// <summary>How much wider than the average mouth this one is, in eye distances.</summary>
    private static float Widening(in FacePoints points) => Math.Clamp(
        (Vector2.Distance(points.LeftMouth, points.RightMouth) / Vector2.Distance(points.LeftEye, points.RightEye)) - MouthWidth,
        -MostWidening, MostWidening);

    /// <summary>The generic face's points with a mouth this much wider, around their mean.</summary>
    private static void Smile(float widening, Span<Vector3> model)
    {
        Face.CopyTo(model);
        model[3] += widening * RightCornerInSmile;
        model[4] += widening * LeftCornerInSmile;
        var mean = Vector3.Zero;
        foreach (var point in model)
        {
            mean += point / model.Length;
        }

        foreach (ref var point in model)
        {
            point -= mean;
        }
    }

    /// <summary>The inverse of the sum of the points' outer products.</summary>
    private static Matrix4x4 InverseOfSquares(ReadOnlySpan<Vector3> points)
    {
        Matrix4x4 squares = default;
        foreach (var point in points)
        {
            squares.X += new Vector4(point.X * point, 0);
            squares.Y += new Vector4(point.Y * point, 0);
            squares.Z += new Vector4(point.Z * point, 0);
        }

        squares.M44 = 1;
        // The eyes, nose and mouth of no face that Smile makes lie in a plane.
        Matrix4x4.Invert(squares, out var inverse);
        return inverse;
    }
}
