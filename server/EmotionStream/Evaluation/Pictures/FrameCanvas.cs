using EmotionStream.Frames;

namespace EmotionStream.Evaluation.Pictures;

/// <summary>Puts a ready-made crop of a face into a frame, as large as a face before a camera, so that detection has work to do.</summary>
/// <remarks>
/// The crop's long side becomes 192 pixels (four times a FER+ picture's), bilinear, in the middle of 320x240; its edge pixels go on
/// outwards, so that no drawn border helps or hinders the detector.
/// </remarks>
internal static class FrameCanvas
{
    public const int Width = 320;
    public const int Height = 240;
    private const float FaceSide = 192;

    public static void Fill(GreyImage crop, GreyImage frame)
    {
        frame.Resize(Width, Height);
        var step = Math.Max(crop.Width, crop.Height) / FaceSide;
        for (var y = 0; y < Height; y++)
        {
            var (above, below, down) = Neighbours((((y + 0.5f - (Height / 2f)) * step) + (crop.Height / 2f)) - 0.5f, crop.Height);
            var upper = crop.Row(above);
            var lower = crop.Row(below);
            var row = frame.Row(y);
            for (var x = 0; x < Width; x++)
            {
                var (left, right, along) = Neighbours((((x + 0.5f - (Width / 2f)) * step) + (crop.Width / 2f)) - 0.5f, crop.Width);
                var top = upper[left] + (along * (upper[right] - upper[left]));
                var bottom = lower[left] + (along * (lower[right] - lower[left]));
                row[x] = (byte)MathF.Round(top + (down * (bottom - top)));
            }
        }
    }

    private static (int First, int Second, float Share) Neighbours(float position, int size)
    {
        var inside = Math.Clamp(position, 0, size - 1);
        var first = (int)inside;
        return (first, Math.Min(first + 1, size - 1), inside - first);
    }
}
