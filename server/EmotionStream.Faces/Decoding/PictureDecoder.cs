using System.Buffers;
using OpenCvSharp;

namespace EmotionStream.Faces.Decoding;

/// <summary>Turns a picture file as people have them (JPEG, PNG, WebP) into a gray picture of about the working size.</summary>
/// <remarks>Owned by one worker; not thread-safe. Nothing a sender can put into a file makes it throw.</remarks>
internal sealed class PictureDecoder(VisionOptions options)
{
    // What shows through transparent pixels.
    private const int Backdrop = 128;

    private readonly GrayImage _stored = new();
    private bool _framesOnly;

    /// <summary>The picture's own width, before scaling, of the file whose header was read last.</summary>
    public int OriginalWidth { get; private set; }

    public int OriginalHeight { get; private set; }

    /// <summary>A decoder of a live source's frames: JPEG, as it is stored.</summary>
    public static PictureDecoder ForFrames(VisionOptions options) => new(options) { _framesOnly = true };

    /// <summary>Decodes into <paramref name="image"/>, whose content counts only where the answer is <see cref="PictureResult.Decoded"/>.</summary>
    public PictureResult Decode(ReadOnlySpan<byte> file, GrayImage image)
    {
        var result = PictureGate.Read(file, options, out var header);
        if (_framesOnly)
        {
            header = header with { Orientation = ExifOrientation.Upright };
            result = header.Format == PictureFormat.Jpeg && result != PictureResult.UnknownFormat && result != PictureResult.Empty ? result : PictureResult.Undecodable;
        }

        (OriginalWidth, OriginalHeight) = ExifOrientation.SwapsSides(header.Orientation) ? (header.Height, header.Width) : (header.Width, header.Height);
        return result == PictureResult.Decoded && !TryDecode(file, header, image) ? PictureResult.Undecodable : result;
    }

    private bool TryDecode(ReadOnlySpan<byte> file, in PictureHeader header, GrayImage image)
    {
        if (header.Format == PictureFormat.Jpeg)
        {
            return TryDecodeWhole(file, header, image);
        }

        var essentials = ArrayPool<byte>.Shared.Rent(file.Length + 1);
        try
        {
            return TryDecodeWhole(essentials.AsSpan(0, PictureGate.CopyEssentials(file, header.Format, essentials)), header, image);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(essentials);
        }
    }

    private bool TryDecodeWhole(ReadOnlySpan<byte> file, in PictureHeader header, GrayImage image)
    {
        var size = WorkingSize.Of(header, options.WorkingSide);
        using var decoded = OpenCv.Decode(file, Mode(header, size), out var warned);
        // libjpeg fills what is missing with gray and warns; libpng warns of what is too much.
        if (decoded.IsEmpty || (warned && header.Format == PictureFormat.Jpeg))
        {
            return false;
        }

        var stored = header.Orientation == ExifOrientation.Upright ? image : _stored;
        stored.Resize(size.Width, size.Height);
        if (header.HasAlpha)
        {
            // Not kept: one large picture would hold its memory forever.
            using var opaque = new Matrix(Opaque(decoded));
            Scale(opaque, header, stored);
        }
        else
        {
            Scale(decoded, header, stored);
        }

        if (!ReferenceEquals(stored, image))
        {
            Turn(stored, header.Orientation, image);
        }

        return true;
    }

    /// <summary>A JPEG's inverse DCT shrinks it by a power of two; what is left to do is less than halving it.</summary>
    private static ImreadModes Mode(in PictureHeader header, WorkingSize size) => (header, size) switch
    {
        ({ HasAlpha: true }, _) => ImreadModes.Unchanged,
        ({ Format: not PictureFormat.Jpeg }, _) or (_, { Eighths: > 4 }) => ImreadModes.Grayscale,
        (_, { Eighths: > 2 }) => ImreadModes.ReducedGrayscale2,
        (_, { Eighths: > 1 }) => ImreadModes.ReducedGrayscale4,
        _ => ImreadModes.ReducedGrayscale8,
    };

    /// <summary>By less than half, four neighbors are all there is to see; by more, every pixel has to count.</summary>
    private static void Scale(in Matrix from, in PictureHeader header, GrayImage to)
    {
        using var target = new Matrix(to);
        OpenCv.Resize(from, target, header.Format == PictureFormat.Jpeg ? InterpolationFlags.Linear : InterpolationFlags.Area);
    }

    private static void Turn(GrayImage stored, int orientation, GrayImage image)
    {
        var swaps = ExifOrientation.SwapsSides(orientation);
        image.Resize(swaps ? stored.Height : stored.Width, swaps ? stored.Width : stored.Height);
        using var from = new Matrix(stored);
        using var to = new Matrix(image);
        OpenCv.Turn(from, to, orientation);
    }

    /// <summary>A picture with transparency as gray before the backdrop, its brightness weighed as BT.601 does, in 1/256.</summary>
    private static GrayImage Opaque(in Matrix picture)
    {
        var image = new GrayImage();
        image.Resize(picture.Width, picture.Height);
        var bytes = picture.Bytes(out var pixelBytes, out var sampleBytes);
        // Of 16 bits the upper eight are the later byte.
        bytes = bytes[(sampleBytes - 1)..];
        foreach (ref var pixel in image.Pixels)
        {
            var gray = pixelBytes < 3 * sampleBytes ? bytes[0]
                : ((29 * bytes[0]) + (150 * bytes[sampleBytes]) + (77 * bytes[2 * sampleBytes]) + 128) >> 8;
            var opacity = pixelBytes == 4 * sampleBytes ? bytes[3 * sampleBytes] : pixelBytes == 2 * sampleBytes ? bytes[sampleBytes] : 255;
            pixel = (byte)(((gray * opacity) + (Backdrop * (255 - opacity)) + 127) / 255);
            bytes = bytes[Math.Min(pixelBytes, bytes.Length)..];
        }

        return image;
    }
}
