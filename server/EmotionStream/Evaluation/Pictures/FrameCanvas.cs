using System.Numerics;
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

    /// <param name="roll">By how many degrees the crop is turned in the frame, clockwise.</param>
    public static void Fill(GreyImage crop, GreyImage frame, double roll = 0)
    {
        frame.Resize(Width, Height);
        var step = Math.Max(crop.Width, crop.Height) / FaceSide;
        var turn = step * Vector2.Transform(Vector2.UnitX, Matrix3x2.CreateRotation((float)(-roll * Math.PI / 180)));
        var middle = new Vector2(crop.Width, crop.Height) / 2;
        for (var y = 0; y < Height; y++)
        {
            var row = frame.Row(y);
            for (var x = 0; x < Width; x++)
            {
                var (right, down) = (x + 0.5f - (Width / 2f), y + 0.5f - (Height / 2f));
                var place = middle + (right * turn) + (down * new Vector2(-turn.Y, turn.X)) - new Vector2(0.5f);
                row[x] = Sample(crop, place);
            }
        }
    }

    private static byte Sample(GreyImage crop, Vector2 place)
    {
        var (left, right, along) = Neighbours(place.X, crop.Width);
        var (above, below, down) = Neighbours(place.Y, crop.Height);
        var upper = crop.Row(above);
        var lower = crop.Row(below);
        var top = upper[left] + (along * (upper[right] - upper[left]));
        var bottom = lower[left] + (along * (lower[right] - lower[left]));
        return (byte)MathF.Round(top + (down * (bottom - top)));
    }

    private static (int First, int Second, float Share) Neighbours(float position, int size)
    {
        var inside = Math.Clamp(position, 0, size - 1);
        var first = (int)inside;
        return (first, Math.Min(first + 1, size - 1), inside - first);
    }
}
