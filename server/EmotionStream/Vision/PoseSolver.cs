using System.Numerics;
using EmotionStream.Contracts;
using EmotionStream.Frames;

namespace EmotionStream.Vision;

/// <summary>Which way a head faces, from its five points: the turn that lays a generic face's points over them best.</summary>
/// <remarks>
/// Scaled orthography in closed form: 0.1 us a face and no garbage. OpenCV's SolvePnP, which would also need the camera's focal length, takes 81 us, 4% of
/// a frame's whole cost, and errs by 4.7 degrees of yaw where this errs by 5.4, the points being as inexact as they are
/// (docs/decisions/pictures.md).
/// </remarks>
internal static class PoseSolver
{
    // Right eye, left eye, nose, right and left mouth corner; a unit is the distance of the eyes, x to the right of the picture, y down, z into it.
    // x and y: the average of 1,109 FER+ faces (CropGeometry), whose pose is therefore zero. z: the neutral face of ICT-FaceKit (MIT), landmarks
    // 37-42, 43-48, 31, 49 and 55 of the usual 68.
    private static readonly Vector3[] Model = Centered(
        [new(-0.500f, 0, 0.177f), new(0.500f, 0, 0.177f), new(0, 0.552f, -0.413f), new(-0.425f, 1.023f, 0.029f), new(0.425f, 1.023f, 0.029f)]);

    private static readonly Matrix4x4 Inverse = InverseOfSquares(Model);

    /// <summary>The pose in tenths of a degree; null without points, and where they tell nothing.</summary>
    public static HeadPose? Of(in FacePoints? face)
    {
        if (face is not { } points)
        {
            return null;
        }

        ReadOnlySpan<Vector2> found = [points.RightEye, points.LeftEye, points.Nose, points.RightMouth, points.LeftMouth];
        var (across, down) = (Vector3.Zero, Vector3.Zero);
        for (var i = 0; i < found.Length; i++)
        {
            // The model's points add up to nothing, so the mean of the found ones drops out.
            across += found[i].X * Model[i];
            down += found[i].Y * Model[i];
        }

        // Least squares: how the picture's x and y go in the head's own directions.
        across = Unit(Vector3.TransformNormal(across, Inverse));
        down = Unit(Vector3.TransformNormal(down, Inverse));
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

    private static Vector3[] Centered(Vector3[] points)
    {
        var mean = points.Aggregate(Vector3.Add) / points.Length;
        return [.. points.Select(point => point - mean)];
    }

    /// <summary>The inverse of the sum of the points' outer products.</summary>
    private static Matrix4x4 InverseOfSquares(Vector3[] points)
    {
        float Sum(Func<Vector3, float> product) => points.Sum(product);
        var (xy, xz, yz) = (Sum(p => p.X * p.Y), Sum(p => p.X * p.Z), Sum(p => p.Y * p.Z));
        var squares = new Matrix4x4(
            Sum(p => p.X * p.X), xy, xz, 0,
            xy, Sum(p => p.Y * p.Y), yz, 0,
            xz, yz, Sum(p => p.Z * p.Z), 0,
            0, 0, 0, 1);
        return Matrix4x4.Invert(squares, out var inverse) ? inverse : throw new InvalidOperationException("The model's points lie in a plane.");
    }
}
