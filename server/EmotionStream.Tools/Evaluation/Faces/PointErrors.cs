using System.Numerics;
using EmotionStream.Faces;

namespace EmotionStream.Tools.Evaluation.Faces;

/// <summary>How far the five points lie from those that people marked, in distances between the eyes.</summary>
internal static class PointErrors
{
    /// <summary>The errors on the heads, of the box that overlaps the head most; only where the marks lie on the face if so asked.</summary>
    public static double[] Of(IEnumerable<DetectedPicture> results, bool soundOnly) =>
    [
        .. results
            .Where(result => result.Picture.Source == "head" && result.Found.Length > 0)
            .Select(result => (Head: result.Picture.Faces[0], result.Found))
            .Where(result => result.Head.Points is not null && (!soundOnly || result.Head.PointsFit))
            .Select(result => (result.Head, Nearest: result.Found.MaxBy(face => face.Box.Overlap(result.Head.Box))))
            .Where(result => result.Nearest.Points is not null)
            .Select(result => Error(result.Nearest.Points!.Value, result.Head.Points!)),
    ];

    public static double Error(in FacePoints found, Vector2[] marked)
    {
        Vector2[] points = [found.RightEye, found.LeftEye, found.Nose, found.RightMouth, found.LeftMouth];
        var eyes = Math.Max(Vector2.Distance(marked[0], marked[1]), 1e-6f);
        return points.Zip(marked, Vector2.Distance).Average() / eyes;
    }

    /// <summary>The value below which so large a share lies; NaN of nothing.</summary>
    public static double Quantile(double[] values, double share)
    {
        if (values.Length == 0)
        {
            return double.NaN;
        }

        var ordered = values.Order().ToArray();
        var place = share * (ordered.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, ordered.Length - 1);
        return ordered[below] + ((place - below) * (ordered[above] - ordered[below]));
    }
}
