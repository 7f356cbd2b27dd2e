namespace EmotionStream.Faces.Decoding;

/// <summary>The size that a picture is scaled down to: as many eighths of its own as bring its long side nearest to the working side from above.</summary>
internal readonly record struct WorkingSize(int Width, int Height, int Eighths)
{
    public static WorkingSize Of(in PictureHeader header, int workingSide)
    {
        var eighths = 1;
        while (eighths < 8 && Scale(Math.Max(header.Width, header.Height), eighths) < workingSide)
        {
            eighths++;
        }

        return new WorkingSize(Scale(header.Width, eighths), Scale(header.Height, eighths), eighths);
    }

    /// <summary>Rounded up, as libjpeg does.</summary>
    private static int Scale(int side, int eighths) => (int)((((long)side * eighths) + 7) / 8);
}
