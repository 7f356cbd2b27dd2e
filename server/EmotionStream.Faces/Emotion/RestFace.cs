using System.Numerics.Tensors;
using EmotionStream.Contracts;

namespace EmotionStream.Faces.Emotion;

/// <summary>How a person's face at rest reads, and their readings judged against it: a rest face is to read neutral.</summary>
/// <remarks>
/// Where the rest face reads less than <see cref="RestsAt"/> neutral, the expressions that stand out in it are lowered, the strongest
/// first and to one common level, until it would; each by the same factor in every later reading, which is a shift of its logit. A face
/// that reads neutral at rest anyway is left alone, and no expression is ever raised. Shifting every label by the rest face's deviation
/// from the usual one instead takes chance for character: see tests/EmotionStream.Benchmarks/README.md.
/// </remarks>
internal sealed class RestFace
{
    /// <summary>What a rest face is to read as neutral.</summary>
    public const float RestsAt = 0.8f;

    /// <summary>e²: no expression is lowered further, so that each stays within reach.</summary>
    public const float MostLowered = 7.389f;

    private static int Neutral => EmotionLabels.Neutral;

    // What comes over the wire was rounded on its way.
    private const float Tolerance = 0.02f;

    private readonly float[] _factors;

    private RestFace(float[] factors) => _factors = factors;

    /// <summary>Null if the numbers are no distribution over the labels.</summary>
    public static RestFace? TryCreate(IReadOnlyList<float> reading) =>
        reading.Count == EmotionReading.Labels && reading.All(share => share is >= 0 and <= 1) && Math.Abs(reading.Sum() - 1) <= Tolerance
            ? new RestFace(Factors([.. reading]))
            : null;

    /// <summary>Judges one reading, in place.</summary>
    public void Judge(Span<float> reading)
    {
        TensorPrimitives.Multiply(reading, _factors, reading);
        TensorPrimitives.Divide(reading, TensorPrimitives.Sum<float>(reading), reading);
    }

    private static float[] Factors(float[] rest)
    {
        var room = rest[Neutral] * (1 - RestsAt) / RestsAt;
        var level = Level([.. rest.Where((_, label) => label != Neutral)], room);
        return [.. rest.Select((share, label) => label == Neutral || share <= level ? 1 : Math.Max(level / share, 1 / MostLowered))];
    }

    /// <summary>The level to which shares must be cut so that they fill the room; none needs to be where they fit in.</summary>
    private static float Level(float[] shares, float room)
    {
        Array.Sort(shares);
        for (var uncut = 0; uncut < shares.Length; uncut++)
        {
            var level = Math.Max(0, room) / (shares.Length - uncut);
            if (shares[uncut] > level)
            {
                return level;
            }

            room -= shares[uncut];
        }

        return 1;
    }
}
