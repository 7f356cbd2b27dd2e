using System.Runtime.InteropServices;

namespace EmotionStream.Tests.Vision;

/// <summary>Compresses made-up pictures with TurboJPEG's own encoder, in the variants that senders may use.</summary>
internal static unsafe partial class TestJpeg
{
    private const string Library = "libturbojpeg.so.0";
    private const int PixelRgb = 0;
    private const int PixelGrey = 6;
    private const int PixelCmyk = 11;
    private const int SubsamplingFull = 0;
    private const int SubsamplingGrey = 3;
    private const int Progressive = 16384;

    /// <summary>Slopes and a bright disc: smooth enough to survive compression, and no two corners alike.</summary>
    public static byte Pattern(double x, double y) =>
        ((x - 0.3) * (x - 0.3)) + ((y - 0.4) * (y - 0.4)) < 0.02 ? (byte)230 : (byte)(40 + (60 * x) + (90 * y));

    public static byte[] Grey(int width, int height) => Make(width, height, 1, PixelGrey, SubsamplingGrey, 0);

    public static byte[] Colour(int width, int height) => Make(width, height, 3, PixelRgb, SubsamplingFull, 0);

    public static byte[] ProgressiveColour(int width, int height) => Make(width, height, 3, PixelRgb, SubsamplingFull, Progressive);

    /// <summary>Four inks, inverted as Adobe writes them: the pattern in C, M and Y and no black.</summary>
    public static byte[] Cmyk(int width, int height) => Make(width, height, 4, PixelCmyk, SubsamplingFull, 0);

    private static byte[] Make(int width, int height, int channels, int format, int subsampling, int flags)
    {
        var pixels = new byte[width * height * channels];
        for (var i = 0; i < pixels.Length; i++)
        {
            var at = i / channels;
            pixels[i] = i % channels == 3 ? (byte)255 : Pattern((at % width) / (double)width, (at / width) / (double)height);
        }

        var handle = InitCompress();
        byte* data = null;
        try
        {
            CULong size = default;
            fixed (byte* source = pixels)
            {
                Assert.Equal(0, Compress(handle, source, width, 0, height, format, ref data, ref size, subsampling, 95, flags));
            }

            return new ReadOnlySpan<byte>(data, (int)size.Value).ToArray();
        }
        finally
        {
            Free(data);
            _ = Destroy(handle);
        }
    }

    [LibraryImport(Library, EntryPoint = "tjInitCompress")]
    private static partial nint InitCompress();

    [LibraryImport(Library, EntryPoint = "tjCompress2")]
    private static partial int Compress(
        nint handle, byte* pixels, int width, int pitch, int height, int format, ref byte* jpeg, ref CULong size, int subsampling, int quality, int flags);

    [LibraryImport(Library, EntryPoint = "tjFree")]
    private static partial void Free(byte* data);

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    private static partial int Destroy(nint handle);
}
