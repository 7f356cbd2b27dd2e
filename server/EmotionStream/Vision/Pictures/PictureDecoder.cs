using EmotionStream.Frames;

namespace EmotionStream.Vision.Pictures;

/// <summary>Turns a picture file as people have them (JPEG, PNG, WebP) into an upright grey picture of about the working size.</summary>
/// <remarks>Owned by one worker; not thread-safe. Nothing a sender can put into a file makes it throw.</remarks>
internal sealed class PictureDecoder(VisionOptions options) : IDisposable
{
    private readonly JpegDecoder _jpeg = new(options);
    private readonly GreyImage _stored = new();

    /// <summary>The upright picture's own width, before scaling, of the file that was decoded last.</summary>
    public int OriginalWidth { get; private set; }

    public int OriginalHeight { get; private set; }

    /// <summary>Decodes into <paramref name="image"/>, whose content counts only where the answer is <see cref="PictureResult.Decoded"/>.</summary>
    public PictureResult Decode(ReadOnlySpan<byte> file, GreyImage image)
    {
        try
        {
            return file switch
            {
                _ when JpegDecoder.IsJpeg(file) => DecodeJpeg(file, image),
                _ when PngChunks.IsPng(file) => DecodePng(file, image),
                _ when WebPChunks.IsWebP(file) => DecodeWebP(file, image),
                _ => PictureResult.UnknownFormat,
            };
        }
        catch (PictureTooLargeException)
        {
            return PictureResult.TooManyPixels;
        }
        catch (PictureException)
        {
            return PictureResult.Undecodable;
        }
    }

    public void Dispose() => _jpeg.Dispose();

    private PictureResult DecodeJpeg(ReadOnlySpan<byte> file, GreyImage image)
    {
        var orientation = ExifOrientation.OfJpeg(file);
        var stored = orientation == ExifOrientation.Upright ? image : _stored;
        var result = _jpeg.Decode(file, stored);
        if (result != DecodeResult.Decoded)
        {
            return result == DecodeResult.TooLarge ? PictureResult.TooManyPixels : PictureResult.Undecodable;
        }

        Finish(stored, _jpeg.OriginalWidth, _jpeg.OriginalHeight, orientation, image);
        return PictureResult.Decoded;
    }

    private PictureResult DecodePng(ReadOnlySpan<byte> file, GreyImage image)
    {
        // Not kept: a large picture would stay as large for good.
        var whole = new GreyImage();
        PngReader.Read(file, options, whole);
        Finish(Shrink(whole), whole.Width, whole.Height, ExifOrientation.OfPng(file), image);
        return PictureResult.Decoded;
    }

    private PictureResult DecodeWebP(ReadOnlySpan<byte> file, GreyImage image)
    {
        var whole = new GreyImage();
        WebPReader.Read(file, options, whole);
        Finish(Shrink(whole), whole.Width, whole.Height, ExifOrientation.OfWebP(file), image);
        return PictureResult.Decoded;
    }

    /// <summary>Halves a picture as long as it stays at least as large as the working side, as near as a JPEG's own scaling comes.</summary>
    private GreyImage Shrink(GreyImage whole)
    {
        var image = whole;
        while (Math.Max(image.Width, image.Height) >= 2 * options.WorkingSide && Math.Min(image.Width, image.Height) > 1)
        {
            var half = new GreyImage();
            ImageHalver.Halve(image, half);
            image = half;
        }

        return image;
    }

    private void Finish(GreyImage stored, int width, int height, int orientation, GreyImage image)
    {
        (OriginalWidth, OriginalHeight) = ImageTurner.SwapsSides(orientation) ? (height, width) : (width, height);
        if (!ReferenceEquals(stored, image))
        {
            ImageTurner.Turn(stored, orientation, image);
        }
    }
}
