using System.Runtime.InteropServices;

namespace EmotionStream.Vision.Pictures;

/// <summary>The part of libwebp's C API that decoding needs.</summary>
internal static unsafe partial class WebP
{
    public const int Ok = 0;

    private const string Library = "libwebp.so.7";

    // The first byte must be the library's own; 2 since 2012 (webp/decode.h).
    private const int AbiVersion = 0x0209;

    public static int GetFeatures(byte* data, nuint size, out Features features) => GetFeaturesInternal(data, size, out features, AbiVersion);

    [LibraryImport(Library, EntryPoint = "WebPDecodeYUVInto")]
    public static partial byte* DecodeYuvInto(
        byte* data, nuint size, byte* luma, nuint lumaSize, int lumaStride,
        byte* u, nuint uSize, int uStride, byte* v, nuint vSize, int vStride);

    [LibraryImport(Library, EntryPoint = "WebPGetFeaturesInternal")]
    private static partial int GetFeaturesInternal(byte* data, nuint size, out Features features, int version);

    [StructLayout(LayoutKind.Sequential)]
    public struct Features
    {
        public int Width;
        public int Height;
        public int HasAlpha;
        public int HasAnimation;
        public int Format;
        public fixed uint Reserved[5];
    }
}
