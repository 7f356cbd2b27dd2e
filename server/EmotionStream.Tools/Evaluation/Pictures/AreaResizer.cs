using EmotionStream.Faces.Decoding;
using OpenCvSharp;

namespace EmotionStream.Tools.Evaluation.Pictures;

/// <summary>Resizes a picture so that each new pixel is the mean of exactly the area that it covers.</summary>
internal static class AreaResizer
{
    public static void Resize(GrayImage from, GrayImage to, int width, int height)
    {
        to.Resize(width, height);
        using var source = new Matrix(from);
        using var target = new Matrix(to);
        OpenCv.Resize(source, target, InterpolationFlags.Area);
    }
}
