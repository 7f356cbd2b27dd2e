namespace EmotionStream.Evaluation.Pictures;

/// <summary>Undoes the filters that PNG applies to a row before it is compressed (specification, chapter 9).</summary>
internal static class PngFilter
{
    /// <param name="filter">The byte that stands before the row.</param>
    /// <param name="row">The row, filtered before and plain after.</param>
    /// <param name="above">The plain row above; zeros above the first.</param>
    /// <param name="channels">Bytes of one pixel.</param>
    public static void Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int channels)
    {
        if (filter > 4)
        {
            throw new PictureException($"the PNG is damaged: there is no filter {filter}.");
        }

        for (var i = 0; filter > 0 && i < row.Length; i++)
        {
            var (left, corner) = i < channels ? (0, 0) : (row[i - channels], above[i - channels]);
            row[i] += filter switch
            {
                1 => (byte)left,
                2 => above[i],
                3 => (byte)((left + above[i]) / 2),
                _ => (byte)Paeth(left, above[i], corner),
            };
        }
    }

    /// <summary>Whichever of the three neighbours is nearest to left + above - corner.</summary>
    private static int Paeth(int left, int above, int corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - (2 * corner)));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
