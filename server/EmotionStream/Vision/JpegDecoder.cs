using System.Runtime.InteropServices;
using EmotionStream.Frames;
using static EmotionStream.Vision.TurboJpeg;

namespace EmotionStream.Vision;

/// <summary>Turns a JPEG into a grey picture of about the working size, inside the decoder's own inverse DCT.</summary>
/// <remarks>Owned by one worker; not thread-safe. Nothing a sender can put into a frame makes it throw.</remarks>
internal sealed unsafe class JpegDecoder : IDisposable
{
    // Progressive encoders write about 10 scans and a thumbnail adds as many; each further scan costs a pass over every block.
    private const int MaxScans = 40;

    private static readonly byte[] StartMarker = [0xFF, 0xD8, 0xFF];
    private static readonly byte[] ScanMarker = [0xFF, 0xDA];

    // Descending, so that the last one that is large enough is the nearest from above.
    private static readonly ScalingFactor[] Factors = ReadFactors();

    private readonly VisionOptions _options;
    private readonly GreyImage _cmyk = new();
    private nint _handle;

    public JpegDecoder(VisionOptions options)
    {
        _options = options;
        _handle = Create();
    }

    /// <summary>The picture's own width, before scaling, of the JPEG whose header was read last.</summary>
    public int OriginalWidth { get; private set; }

    /// <summary>The picture's own height, before scaling, of the JPEG whose header was read last.</summary>
    public int OriginalHeight { get; private set; }

    public static bool IsJpeg(ReadOnlySpan<byte> file) => file.StartsWith(StartMarker);

    /// <summary>Decodes into <paramref name="image"/>, whose content counts only where the answer is <see cref="DecodeResult.Decoded"/>.</summary>
    public DecodeResult Decode(ReadOnlySpan<byte> jpeg, GreyImage image)
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        (OriginalWidth, OriginalHeight) = (0, 0);
        if (jpeg.IsEmpty || jpeg.Count(ScanMarker) > MaxScans)
        {
            return DecodeResult.Undecodable;
        }

        DecodeResult result;
        fixed (byte* data = jpeg)
        {
            result = Decode(data, new CULong((nuint)jpeg.Length), image);
        }

        if (result == DecodeResult.Undecodable)
        {
            Renew();
        }

        return result;
    }

    public void Dispose()
    {
        if (_handle != 0)
        {
            _ = Destroy(_handle);
            _handle = 0;
        }
    }

    private static nint Create()
    {
        var handle = InitDecompress();
        return handle != 0 ? handle : throw new InvalidOperationException("TurboJPEG could not create a decoder.");
    }

    /// <summary>A failed header leaves the library in the middle of it, and the next picture, though good, would fail with it.</summary>
    private void Renew()
    {
        Dispose();
        _handle = Create();
    }

    private DecodeResult Decode(byte* data, CULong size, GreyImage image)
    {
        // The header is enough to refuse what is too large: no memory is taken for its pixels. Tables without a picture have no size.
        if (DecompressHeader(_handle, data, size, out var width, out var height, out _, out var colorspace) != Ok || width <= 0 || height <= 0)
        {
            return DecodeResult.Undecodable;
        }

        (OriginalWidth, OriginalHeight) = (width, height);
        if (!_options.Accepts(width, height))
        {
            return DecodeResult.TooLarge;
        }

        var factor = ChooseFactor(Math.Max(width, height));
        image.Resize(factor.Scale(width), factor.Scale(height));
        var decoded = colorspace is ColorspaceCmyk or ColorspaceYcck ? DecodeCmyk(data, size, image) : DecodeGrey(data, size, image);
        return decoded ? DecodeResult.Decoded : DecodeResult.Undecodable;
    }

    private bool DecodeGrey(byte* data, CULong size, GreyImage image) => Decompress(data, size, image.Pixels, image.Width, image.Height, PixelGrey);

    /// <summary>The library gives no grey from four inks: they are multiplied out here.</summary>
    private bool DecodeCmyk(byte* data, CULong size, GreyImage image)
    {
        _cmyk.Resize(4 * image.Width, image.Height);
        if (!Decompress(data, size, _cmyk.Pixels, image.Width, image.Height, PixelCmyk))
        {
            return false;
        }

        // As Adobe writes them the inks are inverted: 255 is bare paper, so ink times key is light. Weights of BT.601, in 1/256.
        var inks = _cmyk.Pixels;
        var grey = image.Pixels;
        for (var i = 0; i < grey.Length; i++)
        {
            var ink = inks.Slice(4 * i, 4);
            var light = (77 * ink[0]) + (150 * ink[1]) + (29 * ink[2]);
            grey[i] = (byte)(light * ink[3] / (255 * 256));
        }

        return true;
    }

    private bool Decompress(byte* data, CULong size, Span<byte> pixels, int width, int height, int format)
    {
        fixed (byte* target = pixels)
        {
            const int Flags = StopOnWarning | LimitScans;
            return TurboJpeg.Decompress(_handle, data, size, target, width, pixels.Length / height, height, format, Flags) == Ok;
        }
    }

    private ScalingFactor ChooseFactor(int longSide)
    {
        var chosen = Factors[0];
        foreach (var factor in Factors)
        {
            if (factor.Scale(longSide) >= _options.WorkingSide)
            {
                chosen = factor;
            }
        }

        return chosen;
    }

    private static ScalingFactor[] ReadFactors()
    {
        var factors = new ReadOnlySpan<ScalingFactor>(GetScalingFactors(out var count), count).ToArray();
        return [.. factors.Where(factor => factor.Numerator <= factor.Denominator).OrderByDescending(factor => (double)factor.Numerator / factor.Denominator)];
    }
}
