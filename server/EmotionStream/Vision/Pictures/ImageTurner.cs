using EmotionStream.Frames;

namespace EmotionStream.Vision.Pictures;

/// <summary>Turns and mirrors a picture so that it stands upright.</summary>
internal static class ImageTurner
{
    /// <summary>Whether an orientation lays the picture on its side.</summary>
    public static bool SwapsSides(int orientation) => orientation >= 5;

    public static void Turn(GreyImage from, int orientation, GreyImage to)
    {
        var (right, bottom) = (from.Width - 1, from.Height - 1);
        var swaps = SwapsSides(orientation);
        to.Resize(swaps ? from.Height : from.Width, swaps ? from.Width : from.Height);
        for (var y = 0; y < to.Height; y++)
        {
            var row = to.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                // Where the upright pixel lies in the stored rows and columns (Exif 2.3, orientation).
                var (column, line) = orientation switch
                {
                    2 => (right - x, y),
                    3 => (right - x, bottom - y),
                    4 => (x, bottom - y),
                    5 => (y, x),
                    6 => (y, bottom - x),
                    7 => (right - y, bottom - x),
                    8 => (right - y, x),
                    _ => (x, y),
                };
                row[x] = from.Row(line)[column];
            }
        }
    }
}
