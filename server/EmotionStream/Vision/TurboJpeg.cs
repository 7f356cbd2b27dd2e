using System.Runtime.InteropServices;

namespace EmotionStream.Vision;

/// <summary>The part of libjpeg-turbo's TurboJPEG 2 C API that decoding needs.</summary>
internal static unsafe partial class TurboJpeg
{
    public const int Ok = 0;
    public const int PixelGrey = 6;
    public const int PixelCmyk = 11;
    public const int ColorspaceCmyk = 3;
    public const int ColorspaceYcck = 4;

    /// <summary>Makes a warning (data cut short, a corrupt block) fail the call instead of giving a partly grey picture.</summary>
    public const int StopOnWarning = 8192;

    /// <summary>Gives up after 500 scans: a small progressive file may hold any number of them.</summary>
    public const int LimitScans = 32768;

    private const string Library = "libturbojpeg.so.0";

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    public static partial nint InitDecompress();

    [LibraryImport(Library, EntryPoint = "tjDecompressHeader3")]
    public static partial int DecompressHeader(
        nint handle, byte* jpeg, CULong size, out int width, out int height, out int subsampling, out int colorspace);

    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    public static partial int Decompress(
        nint handle, byte* jpeg, CULong size, byte* pixels, int width, int pitch, int height, int pixelFormat, int flags);

    [LibraryImport(Library, EntryPoint = "tjGetScalingFactors")]
    public static partial ScalingFactor* GetScalingFactors(out int count);

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint handle);

    /// <summary>A size at which the inverse DCT can deliver a picture, as a fraction of its own.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly record struct ScalingFactor(int Numerator, int Denominator)
    {
        /// <summary>The scaled length, rounded up as the library does.</summary>
        public int Scale(int length) => (int)((((long)length * Numerator) + Denominator - 1) / Denominator);
    }
}
