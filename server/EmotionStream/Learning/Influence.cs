namespace EmotionStream.Learning;

/// <summary>Says how much each correction counts, so that nobody has more to say by saying it more often.</summary>
internal static class Influence
{
    // Ten corrections are what an eager person gives in a sitting; a person who gives 200 counts as much as one who gives ten.
    public const float OfOnePerson = 10;

    /// <summary>One weight a face, in their order: 1, or less where its contributor has given more than <see cref="OfOnePerson"/>.</summary>
    public static float[] Of(IReadOnlyList<LabeledFace> faces)
    {
        var given = faces.CountBy(face => face.Contributor).ToDictionary();
        return [.. faces.Select(face => Math.Min(1, OfOnePerson / given[face.Contributor]))];
    }
}
