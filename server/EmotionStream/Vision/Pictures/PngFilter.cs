namespace EmotionStream.Vision.Pictures;

/// <summary>Undoes the filters that PNG applies to a row before it is compressed (specification, chapter 9).</summary>
internal static class PngFilter
{
    /// <param name="filter">The byte that stands before the row.</param>
    /// <param name="row">The row, filtered before and plain after.</param>
    /// <param name="above">The plain row above; zeros above the first.</param>
    /// <param name="distance">Bytes of one pixel, at least one.</param>
    public static void Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        above = above[..row.Length];
        switch (filter)
        {
            case 0:
                break;
            case 1:
                for (var i = distance; i < row.Length; i++)
                {
                    row[i] += row[i - distance];
                }

                break;
            case 2:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += above[i];
                }

                break;
            case 3:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += (byte)(((i < distance ? 0 : row[i - distance]) + above[i]) / 2);
                }

                break;
            case 4:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += (byte)(i < distance ? above[i] : Paeth(row[i - distance], above[i], above[i - distance]));
                }

                break;
            default:
                throw new PictureException($"the PNG is damaged: there is no filter {filter}.");
        }
    }

    /// <summary>Whichever of the three neighbours is nearest to left + above - corner.</summary>
    private static int Paeth(int left, int above, int corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - (2 * corner)));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
