using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EmotionStream.Frames;

namespace EmotionStream.Vision;

/// <summary>Cuts a square out of a picture, turned and scaled to so many pixels a side.</summary>
/// <remarks>
/// Owned by one worker; not thread-safe. Large squares are first halved until a pixel of the cut is no longer than
/// <c>coarsest</c> of the picture's: up to 1, every pixel of the picture counts, so nothing glitters.
/// </remarks>
internal sealed class SquareCutter(int side, float coarsest)
{
    // Keeps positions within 32 bits, 16 of them the fraction, whatever a model says; working pictures are at most 4096 wide.
    private const float MostExtent = 1 << 13;
    private const int FractionBits = 16;

    private readonly ImageHalver _halver = new();

    /// <summary>Writes the pixels, row by row; outside the picture its edge pixels go on. Black where the geometry is none.</summary>
    public void Cut(GreyImage image, CropGeometry geometry, Span<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, side * side);
        var extent = geometry.Right.Length();
        if (!(extent > 0 && geometry.Corner.Length() + extent < MostExtent))
        {
            pixels.Clear();
            return;
        }

        for (; extent > coarsest * side && image.Width > 1 && image.Height > 1; extent /= 2)
        {
            (image, geometry) = _halver.Halve(image, geometry);
        }

        Sample(image, geometry, pixels);
    }

    private void Sample(GreyImage image, in CropGeometry geometry, Span<byte> cut)
    {
        // A pixel's value is that of its middle; pixel n of the picture has its middle at n + 0.5.
        var right = geometry.Right / side;
        var down = geometry.Down / side;
        var start = geometry.Corner + (right / 2) + (down / 2) - new Vector2(0.5f);
        var (stepX, stepY) = (ToFixed(right.X), ToFixed(right.Y));
        ref var pixels = ref MemoryMarshal.GetReference(image.Pixels);
        for (var row = 0; row < side; row++)
        {
            var from = start + (row * down);
            var (x, y) = (ToFixed(from.X), ToFixed(from.Y));
            var inside = IsInside(image, from) && IsInside(image, from + geometry.Right);
            foreach (ref var pixel in cut.Slice(row * side, side))
            {
                pixel = (byte)(((inside ? At(ref pixels, image.Width, x, y) : AtEdge(image, x, y)) + (1 << 15)) >> 16);
                x += stepX;
                y += stepY;
            }
        }
    }

    /// <summary>Whether all four neighbours of a position lie in the picture, with something to spare for rounding.</summary>
    private static bool IsInside(GreyImage image, Vector2 at)
    {
        // At most 96 steps, each rounded to 1/65,536, add up to far less.
        const float Spare = 0.05f;
        return at.X >= Spare && at.Y >= Spare && at.X < image.Width - 1 - Spare && at.Y < image.Height - 1 - Spare;
    }

    private static int ToFixed(float length) => (int)MathF.Round(length * (1 << FractionBits));

    /// <summary>The picture between four pixels, times 65,536; unchecked, so only for positions known to be inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int At(ref byte pixels, int width, int x, int y)
    {
        ref var upper = ref Unsafe.Add(ref pixels, ((y >> FractionBits) * width) + (x >> FractionBits));
        ref var lower = ref Unsafe.Add(ref upper, width);
        return Blend(upper, Unsafe.Add(ref upper, 1), lower, Unsafe.Add(ref lower, 1), x, y);
    }

    private static int AtEdge(GreyImage image, int x, int y)
    {
        var left = Math.Clamp(x >> FractionBits, 0, image.Width - 1);
        var right = Math.Clamp((x >> FractionBits) + 1, 0, image.Width - 1);
        var upper = image.Row(Math.Clamp(y >> FractionBits, 0, image.Height - 1));
        var lower = image.Row(Math.Clamp((y >> FractionBits) + 1, 0, image.Height - 1));
        return Blend(upper[left], upper[right], lower[left], lower[right], x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Blend(int upperLeft, int upperRight, int lowerLeft, int lowerRight, int x, int y)
    {
        var (alongX, alongY) = ((x >> 8) & 0xFF, (y >> 8) & 0xFF);
        var upper = (upperLeft << 8) + ((upperRight - upperLeft) * alongX);
        var lower = (lowerLeft << 8) + ((lowerRight - lowerLeft) * alongX);
        return (upper << 8) + ((lower - upper) * alongY);
    }
}
