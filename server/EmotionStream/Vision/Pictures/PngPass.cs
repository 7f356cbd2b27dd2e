namespace EmotionStream.Vision.Pictures;

/// <summary>Which pixels of a PNG come together: all of them, or, interlaced, every so many in each direction.</summary>
internal readonly record struct PngPass(int Left, int Top, int StepX, int StepY)
{
    private static readonly PngPass[] Plain = [new(0, 0, 1, 1)];

    // Adam7 (specification, 8.2).
    private static readonly PngPass[] Interlaced =
        [new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2)];

    public static PngPass[] Of(in PngHeader header) => header.Interlaced ? Interlaced : Plain;

    public int Columns(int width) => (width - Left + StepX - 1) / StepX;

    public int Rows(int height) => (height - Top + StepY - 1) / StepY;
}
