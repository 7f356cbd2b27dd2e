using System.Numerics;
using EmotionStream.Contracts;

namespace EmotionStream.Faces.Emotion;

/// <summary>Derives valence (unpleasant to pleasant) and arousal (calm to excited), each in -1..1, from a distribution over labels.</summary>
/// <remarks>
/// The expected position over the circumplex of affect (Russell, 1980), with each label at the place where that model puts it; the
/// distances from the center are our own choice, rounded to a tenth. It adds no knowledge to the distribution: it is a way to plot it.
/// </remarks>
internal static class Circumplex
{
    private static readonly Vector2[] Places = [.. EmotionLabels.Table.Select(label => new Vector2(label.Valence, label.Arousal))];

    public static (float Valence, float Arousal) Place(ReadOnlySpan<float> emotions)
    {
        var place = Vector2.Zero;
        for (var i = 0; i < Places.Length; i++)
        {
            place += emotions[i] * Places[i];
        }

        return (place.X, place.Y);
    }
}
