using EmotionStream.Frames;

namespace EmotionStream.Vision.Pictures;

/// <summary>Reads a WebP as grey with libwebp; of an animated one its first picture. Transparency counts as opaque.</summary>
internal static unsafe class WebPReader
{
    // libwebp gives brightness in BT.601's range for television, 16 to 235.
    private static readonly byte[] FullRange = [.. Enumerable.Range(0, 256).Select(value => (byte)Math.Clamp(((value - 16) * 255 + 109) / 219, 0, 255))];

    /// <exception cref="PictureException">It can't be read, or announces too many pixels.</exception>
    public static void Read(ReadOnlySpan<byte> file, VisionOptions options, GreyImage image)
    {
        try
        {
            var features = ReadHeader(file);
            var picture = features.HasAnimation == 0 ? file : WebPChunks.FirstFrame(file);
            features = features.HasAnimation == 0 ? features : ReadHeader(picture);
            if (!options.Accepts(features.Width, features.Height))
            {
                throw new PictureTooLargeException(features.Width, features.Height);
            }

            image.Resize(features.Width, features.Height);
            Decode(picture, image);
        }
        catch (DllNotFoundException problem)
        {
            throw new PictureException("this server has no libwebp to read it with.", problem);
        }
    }

    private static WebP.Features ReadHeader(ReadOnlySpan<byte> file)
    {
        fixed (byte* data = file)
        {
            return WebP.GetFeatures(data, (nuint)file.Length, out var features) == WebP.Ok && features.Width > 0 && features.Height > 0
                ? features
                : throw new PictureException("its WebP header is broken.");
        }
    }

    private static void Decode(ReadOnlySpan<byte> file, GreyImage image)
    {
        var (colorWidth, colorHeight) = ((image.Width + 1) / 2, (image.Height + 1) / 2);
        // Both colours go to the same place: nobody looks at them.
        var color = new byte[colorWidth * colorHeight];
        fixed (byte* data = file)
        fixed (byte* luma = image.Pixels)
        fixed (byte* uv = color)
        {
            var size = (nuint)color.Length;
            if (WebP.DecodeYuvInto(data, (nuint)file.Length, luma, (nuint)image.Pixels.Length, image.Width, uv, size, colorWidth, uv, size, colorWidth) == null)
            {
                throw new PictureException("the WebP is damaged.");
            }
        }

        foreach (ref var pixel in image.Pixels)
        {
            pixel = FullRange[pixel];
        }
    }
}
