using System.Numerics;
using System.Numerics.Tensors;

namespace EmotionStream.Faces;

/// <summary>What the detector says of one face in one picture.</summary>
internal readonly record struct DetectedFace(FaceBox Box, FacePoints? Points, float Score)
{
    /// <summary>Score times area: of all faces in a picture, the main one has the most.</summary>
    public float Prominence => Score * Box.Area;

    /// <summary>Box, score and, where there are any, points as plain numbers, for <see cref="Load"/>.</summary>
    public float[] Save() => [Box.X, Box.Y, Box.Width, Box.Height, Score, .. Points?.Scaled(1, 1) ?? []];

    /// <exception cref="FormatException">They are not the numbers of a face.</exception>
    public static DetectedFace Load(ReadOnlySpan<float> numbers)
    {
        if (numbers.Length is not (5 or 15) || !float.IsFinite(TensorPrimitives.Sum(numbers)))
        {
            throw new FormatException("These are not the numbers of a face.");
        }

        FacePoints? points = numbers.Length == 5 ? null : new FacePoints(
            new Vector2(numbers[5], numbers[6]), new Vector2(numbers[7], numbers[8]), new Vector2(numbers[9], numbers[10]),
            new Vector2(numbers[11], numbers[12]), new Vector2(numbers[13], numbers[14]));
        return new DetectedFace(new FaceBox(numbers[0], numbers[1], numbers[2], numbers[3]), points, numbers[4]);
    }
}
