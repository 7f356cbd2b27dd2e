using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EmotionStream.Frames;

namespace EmotionStream.Vision;

/// <summary>Cuts a face out of a picture the way FER+ shows faces: 48x48, level, filled from forehead to chin.</summary>
/// <remarks>
/// Owned by one worker; not thread-safe. Large faces are first halved until a pixel of the crop covers at most two of the
/// picture's, then sampled at twice the crop's density and averaged: every pixel of the picture counts, so nothing glitters.
/// </remarks>
internal sealed class FaceCropper
{
    /// <summary>The bytes of one crop.</summary>
    public const int CropBytes = CropGeometry.Side * CropGeometry.Side;

    // Keeps positions within 32 bits, 16 of them the fraction, whatever a model says; working pictures are at most 4096 wide.
    private const float MostExtent = 1 << 13;
    private const int FractionBits = 16;

    private readonly ImageHalver _halver = new();

    /// <summary>Writes the crop of one face, row by row; outside the picture its edge pixels go on.</summary>
    public void Crop(GreyImage image, in DetectedFace face, Span<byte> crop)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(crop.Length, CropBytes);
        var geometry = CropGeometry.Of(face);
        var side = geometry.Right.Length();
        if (!(side > 0 && geometry.Corner.Length() + side < MostExtent))
        {
            crop.Clear();
            return;
        }

        for (; side > 2 * CropGeometry.Side && image.Width > 1 && image.Height > 1; side /= 2)
        {
            (image, geometry) = _halver.Halve(image, geometry);
        }

        Sample(image, geometry, crop);
    }

    private static void Sample(GreyImage image, in CropGeometry geometry, Span<byte> crop)
    {
        // Four samples a pixel, a quarter of a pixel from its middle; pixel n of the picture has its middle at n + 0.5.
        var right = geometry.Right / (2 * CropGeometry.Side);
        var down = geometry.Down / (2 * CropGeometry.Side);
        var start = geometry.Corner + (right / 2) + (down / 2) - new Vector2(0.5f);
        var (stepX, stepY) = (ToFixed(right.X), ToFixed(right.Y));
        var (downX, downY) = (ToFixed(down.X), ToFixed(down.Y));
        ref var pixels = ref MemoryMarshal.GetReference(image.Pixels);
        for (var row = 0; row < CropGeometry.Side; row++)
        {
            var from = start + (2 * row * down);
            var (x, y) = (ToFixed(from.X), ToFixed(from.Y));
            var inside = IsInside(image, from) && IsInside(image, from + geometry.Right)
                && IsInside(image, from + down) && IsInside(image, from + geometry.Right + down);
            foreach (ref var pixel in crop.Slice(row * CropGeometry.Side, CropGeometry.Side))
            {
                var sum = inside
                    ? At(ref pixels, image.Width, x, y) + At(ref pixels, image.Width, x + stepX, y + stepY)
                        + At(ref pixels, image.Width, x + downX, y + downY) + At(ref pixels, image.Width, x + stepX + downX, y + stepY + downY)
                    : AtEdge(image, x, y) + AtEdge(image, x + stepX, y + stepY)
                        + AtEdge(image, x + downX, y + downY) + AtEdge(image, x + stepX + downX, y + stepY + downY);
                pixel = (byte)((sum + (1 << 17)) >> 18);
                x += 2 * stepX;
                y += 2 * stepY;
            }
        }
    }

    /// <summary>Whether all four neighbours of a position lie in the picture, with something to spare for rounding.</summary>
    private static bool IsInside(GreyImage image, Vector2 at)
    {
        // 96 steps, each rounded to 1/65,536, add up to far less.
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
