using System.Buffers.Binary;
using System.Text;
using OpenCvSharp;

namespace EmotionStream.Tests.Vision;

/// <summary>Compresses a made-up picture as WebP, in the variants that people have.</summary>
internal static class TestWebP
{
    private const int Lossily = 80;

    // Above 100 OpenCV compresses without loss.
    private const int Losslessly = 101;

    public static byte[] Lossy(int width, int height) => Encode(width, height, ColorConversionCodes.GRAY2BGR, Lossily);

    public static byte[] Lossless(int width, int height) => Encode(width, height, ColorConversionCodes.GRAY2BGR, Losslessly);

    public static byte[] LossyWithAlpha(int width, int height) => Encode(width, height, ColorConversionCodes.GRAY2BGRA, Lossily);

    public static byte[] LosslessWithAlpha(int width, int height) => Encode(width, height, ColorConversionCodes.GRAY2BGRA, Losslessly);

    /// <summary>An animation of one picture, shown so many times.</summary>
    public static byte[] Animated(byte[] still, int frames)
    {
        // Flags of which one is the animation's; the canvas, here 640 x 480 less 1; background and loops; then each frame's place, size and duration.
        byte[] frame = Chunk("ANMF", [0, 0, 0, 0, 0, 0, .. Canvas, 100, 0, 0, 0, .. still[12..]]);
        byte[] chunks =
        [
            .. "WEBP"u8, .. Chunk("VP8X", [2, 0, 0, 0, .. Canvas]), .. Chunk("ANIM", new byte[6]),
            .. Enumerable.Repeat(frame, frames).SelectMany(bytes => bytes),
        ];
        return Chunk("RIFF", chunks);
    }

    /// <summary>Writes other dimensions into a still's first chunk.</summary>
    public static byte[] WithSize(byte[] still, int width, int height)
    {
        var data = still.AsSpan(20);
        if (still[15] == 'L')
        {
            BinaryPrimitives.WriteUInt32LittleEndian(data[1..], (uint)(width - 1) | ((uint)(height - 1) << 14));
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(data[6..], (ushort)width);
            BinaryPrimitives.WriteUInt16LittleEndian(data[8..], (ushort)height);
        }

        return still;
    }

    private static byte[] Canvas => [0x7F, 2, 0, 0xDF, 1, 0];

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] chunk = [.. Encoding.ASCII.GetBytes(type), 0, 0, 0, 0, .. data, .. new byte[data.Length & 1]];
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(4), data.Length);
        return chunk;
    }

    private static byte[] Encode(int width, int height, ColorConversionCodes kind, int quality)
    {
        using var gray = new Mat(height, width, MatType.CV_8UC1);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                gray.Set(y, x, TestJpeg.Pattern(x / (double)width, y / (double)height));
            }
        }

        using var picture = gray.CvtColor(kind);
        if (picture.Channels() == 4)
        {
            // A corner that is half transparent, so that its transparency is worth a chunk.
            picture[0, height / 2, 0, width / 2].SetTo(new Scalar(90, 90, 90, 128));
        }

        return picture.ToBytes(".webp", new ImageEncodingParam(ImwriteFlags.WebPQuality, quality));
    }
}
