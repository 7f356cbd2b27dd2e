using System.Numerics;
using EmotionStream.Frames;

namespace EmotionStream.Vision;

/// <summary>Shrinks the part of a picture that a crop needs to half its size, each pixel the mean of four.</summary>
/// <remarks>Owns two buffers that take turns, so that what it made can be halved again; not thread-safe.</remarks>
internal sealed class ImageHalver
{
    // Halved, still more than the rim that the sampler wants around a crop to do without looking for edges.
    private const int Margin = 10;

    private readonly GreyImage _even = new();
    private readonly GreyImage _odd = new();

    /// <summary>Halves the surroundings of a crop; <paramref name="image"/> has at least two rows and columns.</summary>
    public (GreyImage Image, CropGeometry Geometry) Halve(GreyImage image, in CropGeometry geometry)
    {
        var opposite = geometry.Corner + geometry.Right + geometry.Down;
        var least = Vector2.Min(Vector2.Min(geometry.Corner, opposite), Vector2.Min(geometry.Corner + geometry.Right, geometry.Corner + geometry.Down));
        var most = Vector2.Max(Vector2.Max(geometry.Corner, opposite), Vector2.Max(geometry.Corner + geometry.Right, geometry.Corner + geometry.Down));
        var left = Math.Clamp((int)least.X - Margin, 0, image.Width - 2);
        var top = Math.Clamp((int)least.Y - Margin, 0, image.Height - 2);
        var right = Math.Clamp((int)most.X + Margin, left + 2, image.Width);
        var bottom = Math.Clamp((int)most.Y + Margin, top + 2, image.Height);

        var target = ReferenceEquals(image, _even) ? _odd : _even;
        target.Resize((right - left) / 2, (bottom - top) / 2);
        for (var y = 0; y < target.Height; y++)
        {
            var source = top + (2 * y);
            HalveRows(image.Row(source)[left..right], image.Row(source + 1)[left..right], target.Row(y));
        }

        return (target, new CropGeometry((geometry.Corner - new Vector2(left, top)) / 2, geometry.Right / 2, geometry.Down / 2));
    }

    /// <summary>Halves a whole picture; of an odd side the last pixel is left out.</summary>
    public static void Halve(GreyImage from, GreyImage to)
    {
        to.Resize(from.Width / 2, from.Height / 2);
        for (var y = 0; y < to.Height; y++)
        {
            HalveRows(from.Row(2 * y)[..(2 * to.Width)], from.Row((2 * y) + 1)[..(2 * to.Width)], to.Row(y));
        }
    }

    private static void HalveRows(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> target)
    {
        var done = 0;
        for (; done <= target.Length - Vector<byte>.Count; done += Vector<byte>.Count)
        {
            var first = 2 * done;
            var second = first + Vector<byte>.Count;
            Vector.Narrow(
                Mean(new Vector<byte>(upper[first..]), new Vector<byte>(lower[first..])),
                Mean(new Vector<byte>(upper[second..]), new Vector<byte>(lower[second..]))).CopyTo(target[done..]);
        }

        for (; done < target.Length; done++)
        {
            var at = 2 * done;
            target[done] = (byte)((upper[at] + upper[at + 1] + lower[at] + lower[at + 1] + 2) >> 2);
        }
    }

    /// <summary>Adds neighbours in pairs: the even bytes are the low halves of 16 bits, the odd ones the high halves.</summary>
    private static Vector<ushort> Mean(Vector<byte> upper, Vector<byte> lower)
    {
        var (above, below) = (Vector.AsVectorUInt16(upper), Vector.AsVectorUInt16(lower));
        var low = new Vector<ushort>(0xFF);
        var sum = (above & low) + (above >>> 8) + (below & low) + (below >>> 8);
        return (sum + new Vector<ushort>(2)) >>> 2;
    }
}
