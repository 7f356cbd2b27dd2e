using System.Numerics;
using EmotionStream.Faces.Decoding;

namespace EmotionStream.Tools.Evaluation.Pictures;

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
    public static void Fill(GrayImage crop, GrayImage frame, double roll = 0)
    {
        frame.Resize(Width, Height);
        var step = Math.Max(crop.Width, crop.Height) / FaceSide;
        var right = step * Vector2.Transform(Vector2.UnitX, Matrix3x2.CreateRotation((float)(-roll * Math.PI / 180)));
        var down = new Vector2(-right.Y, right.X);
        var start = (new Vector2(crop.Width, crop.Height) - ((Width - 1) * right) - ((Height - 1) * down) - Vector2.One) / 2;
        using var from = new Matrix(crop);
        using var to = new Matrix(frame);
        OpenCv.Warp(from, to, [right.X, down.X, start.X, right.Y, down.Y, start.Y]);
    }
}
