using EmotionStream.Faces.Decoding;
using OpenCvSharp;

namespace EmotionStream.Faces.Tracking;

/// <summary>Remembers how a scene looked when it was searched, and tells whether anything in it has changed outside the known faces.</summary>
/// <remarks>Compares means of 8x8 pixels: a camera's noise is averaged out, and the smallest face that is found covers several of them.</remarks>
internal sealed class SceneMemory
{
    private const int Block = 8;

    // Gray levels. A face before any background differs by more; noise of 10 levels a pixel makes 1.3 of a mean.
    private const int Difference = 10;

    // A known face's hair and chin move with it.
    private const float Margin = 0.3f;

    private readonly GrayImage _searched = new();
    private readonly GrayImage _now = new();

    public void Remember(GrayImage image) => Shrink(image, _searched);

    public bool HasChanged(GrayImage image, ReadOnlySpan<DetectedFace> known)
    {
        Shrink(image, _now);
        if (_now.Width != _searched.Width || _now.Height != _searched.Height)
        {
            return true;
        }

        for (var y = 0; y < _now.Height; y++)
        {
            var now = _now.Row(y);
            var searched = _searched.Row(y);
            for (var x = 0; x < now.Length; x++)
            {
                if (Math.Abs(now[x] - searched[x]) > Difference && !IsKnown(x, y, known))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsKnown(int x, int y, ReadOnlySpan<DetectedFace> known)
    {
        var (centerX, centerY) = ((x + 0.5f) * Block, (y + 0.5f) * Block);
        foreach (ref readonly var face in known)
        {
            var box = face.Box;
            if (Math.Abs(centerX - box.CenterX) < box.Width * (0.5f + Margin) && Math.Abs(centerY - box.CenterY) < box.Height * (0.5f + Margin))
            {
                return true;
            }
        }

        return false;
    }

    private static void Shrink(GrayImage image, GrayImage to)
    {
        to.Resize(Math.Max(1, image.Width / Block), Math.Max(1, image.Height / Block));
        using var from = new Matrix(image);
        using var target = new Matrix(to);
        OpenCv.Resize(from, target, InterpolationFlags.Area);
    }
}
