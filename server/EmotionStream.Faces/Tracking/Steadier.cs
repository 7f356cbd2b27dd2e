using System.Numerics;

namespace EmotionStream.Faces.Tracking;

/// <summary>Takes the tremble out of a face's box and points without letting them trail behind its motion.</summary>
/// <remarks>
/// The gain is r²/(r²+k²), r being how far the measurement is from what is held: small tremors are averaged away, large steps
/// are followed at once. What is held then never trails by more than k/2, at any speed and any frame rate.
/// </remarks>
internal static class Steadier
{
    // In face sizes. Detected boxes of a still face tremble by 1-3% of its size, their sides somewhat more than their center.
    private const float PlaceTremor = 0.04f;
    private const float ExtentTremor = 0.06f;

    /// <summary>The face to show, given the one shown last and the one just detected.</summary>
    public static DetectedFace Steady(in DetectedFace held, in DetectedFace seen)
    {
        var size = MathF.Sqrt(seen.Box.Area);
        var center = Follow(Center(held.Box), Center(seen.Box), PlaceTremor * size);
        var extent = Follow(Extent(held.Box), Extent(seen.Box), ExtentTremor * size);
        var corner = center - (extent / 2);
        var points = held.Points is { } old && seen.Points is { } now ? Steady(old, now, PlaceTremor * size) : seen.Points;
        return new DetectedFace(new FaceBox(corner.X, corner.Y, extent.X, extent.Y), points, seen.Score);
    }

    private static FacePoints Steady(in FacePoints held, in FacePoints seen, float tremor) => new(
        Follow(held.RightEye, seen.RightEye, tremor),
        Follow(held.LeftEye, seen.LeftEye, tremor),
        Follow(held.Nose, seen.Nose, tremor),
        Follow(held.RightMouth, seen.RightMouth, tremor),
        Follow(held.LeftMouth, seen.LeftMouth, tremor));

    private static Vector2 Follow(Vector2 held, Vector2 seen, float tremor)
    {
        var step = seen - held;
        var squared = step.LengthSquared();
        return squared == 0 ? held : held + (step * (squared / (squared + (tremor * tremor))));
    }

    private static Vector2 Center(in FaceBox box) => new(box.CenterX, box.CenterY);

    private static Vector2 Extent(in FaceBox box) => new(box.Width, box.Height);
}
