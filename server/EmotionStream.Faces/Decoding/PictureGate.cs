namespace EmotionStream.Faces.Decoding;

/// <summary>Looks at every file before a decoder does, and takes no memory for it: what is unsound or too large never gets further.</summary>
/// <remarks>
/// OpenCV believes a header: 65,000 x 65,000 pixels in a small JPEG cost it 20 seconds, a wrong chunk length in a PNG 2.9 GB
/// (docs/decisions/pictures.md).
/// </remarks>
internal static class PictureGate
{
    // A progressive photograph has about 10 scans: of the largest size, so many passes over its pixels are what one picture may cost.
    private const int UsualPasses = 12;

    // Of 8 bits with transparency; with 16, a picture may have half as many pixels.
    private const int MostPixelBytes = 4;

    /// <summary>Whether a file may be decoded, and as what.</summary>
    public static PictureResult Read(ReadOnlySpan<byte> file, VisionOptions options, out PictureHeader header)
    {
        header = default;
        if (file.IsEmpty)
        {
            return PictureResult.Empty;
        }

        bool? sound = file switch
        {
            _ when JpegGate.IsJpeg(file) => JpegGate.TryRead(file, out header),
            _ when PngChunks.IsPng(file) => PngGate.TryRead(file, out header),
            _ when WebPChunks.IsWebP(file) => WebPGate.TryRead(file, out header),
            _ => null,
        };
        return sound switch
        {
            null => PictureResult.UnknownFormat,
            false => PictureResult.Undecodable,
            _ when !options.Accepts(header.Width, header.Height) => PictureResult.TooManyPixels,
            _ when (long)header.Width * header.Height * header.PixelBytes > (long)options.MaxPixels * MostPixelBytes => PictureResult.TooManyPixels,
            _ when (long)header.Width * header.Height * header.Passes > (long)options.MaxPixels * UsualPasses => PictureResult.Undecodable,
            _ => PictureResult.Decoded,
        };
    }

    /// <summary>Copies what a decoder needs of a PNG or a WebP, and nothing else of it; returns how much that is: at most the file and a byte.</summary>
    public static int CopyEssentials(ReadOnlySpan<byte> file, PictureFormat format, Span<byte> to) =>
        format == PictureFormat.Png ? PngGate.CopyEssentials(file, to) : WebPGate.CopyEssentials(file, to);
}
