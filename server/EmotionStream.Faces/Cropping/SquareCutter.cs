using System.Numerics;
using EmotionStream.Faces.Decoding;
using OpenCvSharp;

namespace EmotionStream.Faces.Cropping;

/// <summary>Cuts a square out of a picture, turned and scaled to so many pixels a side.</summary>
/// <remarks>
/// Owned by one worker; not thread-safe. Large squares are first halved until a pixel of the cut is no longer than
/// <c>coarsest</c> of the picture's: up to 1, every pixel of the picture counts, so nothing glitters.
/// </remarks>
internal sealed class SquareCutter
{
    // Keeps positions within OpenCV's 16 bits, whatever a model says; working pictures are at most 4096 wide.
    private const float MostExtent = 1 << 13;

    // Halved, still more than the rim that a bilinear sample wants around a crop.
    private const int Margin = 10;

    private readonly float _mostExtentUnhalved;

    // They take turns, so that what was halved can be halved again.
    private readonly GrayImage _even = new();
    private readonly GrayImage _odd = new();

    public SquareCutter(int side, float coarsest)
    {
        _mostExtentUnhalved = coarsest * side;
        Pixels.Resize(side, side);
    }

    /// <summary>What was cut last.</summary>
    public GrayImage Pixels { get; } = new();

    /// <summary>Fills <see cref="Pixels"/>; outside the picture its edge pixels go on. Black where the geometry is none.</summary>
    public void Cut(GrayImage image, CropGeometry geometry)
    {
        var extent = geometry.Right.Length();
        if (!(extent > 0 && geometry.Corner.Length() + extent < MostExtent))
        {
            Pixels.Pixels.Clear();
            return;
        }

        for (; extent > _mostExtentUnhalved && image.Width > 1 && image.Height > 1; extent /= 2)
        {
            (image, geometry) = Halve(image, geometry);
        }

        // A pixel's value is that of its middle: the first one's lies half a step into the square, and OpenCV counts from the middle of a pixel.
        var (right, down) = (geometry.Right / Pixels.Width, geometry.Down / Pixels.Width);
        var start = geometry.Corner + ((right + down) / 2) - new Vector2(0.5f);
        using var from = new Matrix(image);
        using var to = new Matrix(Pixels);
        OpenCv.Warp(from, to, [right.X, down.X, start.X, right.Y, down.Y, start.Y]);
    }

    /// <summary>Shrinks the surroundings of a crop to half their size, each pixel the mean of four; the picture has at least two rows and columns.</summary>
    private (GrayImage Image, CropGeometry Geometry) Halve(GrayImage image, in CropGeometry geometry)
    {
        var opposite = geometry.Corner + geometry.Right + geometry.Down;
        var least = Vector2.Min(Vector2.Min(geometry.Corner, opposite), Vector2.Min(geometry.Corner + geometry.Right, geometry.Corner + geometry.Down));
        var most = Vector2.Max(Vector2.Max(geometry.Corner, opposite), Vector2.Max(geometry.Corner + geometry.Right, geometry.Corner + geometry.Down));
        var left = Math.Clamp((int)least.X - Margin, 0, image.Width - 2);
        var top = Math.Clamp((int)least.Y - Margin, 0, image.Height - 2);
        var width = (Math.Clamp((int)most.X + Margin, left + 2, image.Width) - left) / 2;
        var height = (Math.Clamp((int)most.Y + Margin, top + 2, image.Height) - top) / 2;

        var target = ReferenceEquals(image, _even) ? _odd : _even;
        target.Resize(width, height);
        using var from = new Matrix(image, left, top, 2 * width, 2 * height);
        using var to = new Matrix(target);
        OpenCv.Resize(from, to, InterpolationFlags.Area);
        return (target, new CropGeometry((geometry.Corner - new Vector2(left, top)) / 2, geometry.Right / 2, geometry.Down / 2));
    }
}
