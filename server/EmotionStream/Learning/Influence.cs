namespace EmotionStream.Learning;

/// <summary>Weights corrections, so that nobody gains influence by sending more of them.</summary>
internal static class Influence
{
    // An eager person sends about ten corrections in a sitting; one who sends 200 counts as much as one who sends ten.
    public const float OfOnePerson = 10;

    /// <summary>One weight a face, in their order: 1, or less where its contributor has given more than <see cref="OfOnePerson"/>.</summary>
    public static float[] Of(IReadOnlyList<LabeledFace> faces)
    {
        var given = faces.CountBy(face => face.Contributor).ToDictionary();
        return [.. faces.Select(face => Math.Min(1, OfOnePerson / given[face.Contributor]))];
    }
}
