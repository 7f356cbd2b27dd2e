using System.Numerics;
using EmotionStream.Faces;

namespace EmotionStream.Tools.Evaluation.Faces;

/// <summary>A face that is known to be in a picture.</summary>
/// <param name="Score">1 where a person drew the box, otherwise how sure the teacher was.</param>
/// <param name="Points">Five points in the order of <see cref="FacePoints"/>, where a person marked them.</param>
/// <param name="Kind">What the box's author said of it, such as without_mask.</param>
internal sealed record AnnotatedFace(FaceBox Box, double Score, Vector2[]? Points, string? Kind)
{
    // In 18% of the heads the marked points lie one to three eye distances above the face; their middle is then this far from where
    // all others have it, in box sides (models/training/face/data.py, points_fit).
    private const float MostShift = 0.35f;
    private static readonly Vector2 UsualMiddle = new(0.5f, 0.55f);

    /// <summary>The side of a square as large as the box, which is what "a face of 32 pixels" means.</summary>
    public double Side => Math.Sqrt(Box.Area);

    /// <summary>Whether the marked points lie on the face.</summary>
    public bool PointsFit
    {
        get
        {
            if (Points is null)
            {
                return false;
            }

            var middle = Points.Aggregate(Vector2.Zero, (sum, point) => sum + point) / Points.Length;
            var shift = Vector2.Abs(((middle - new Vector2(Box.X, Box.Y)) / new Vector2(Box.Width, Box.Height)) - UsualMiddle);
            return Math.Max(shift.X, shift.Y) < MostShift;
        }
    }
}
