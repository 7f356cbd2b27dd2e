using OpenCvSharp;
using OpenCvSharp.Internal;

namespace EmotionStream.Faces.Decoding;

/// <summary>The few things that OpenCV does here, all of them between pictures in our own memory.</summary>
/// <remarks>OpenCvSharp's objects leave 100 bytes or more for the garbage collector at every call; the native methods below them leave none.</remarks>
internal static class OpenCv
{
    // Before the first use of anything else of it.
    static OpenCv()
    {
        // The workers fill the cores.
        Cv2.SetNumThreads(0);
        Cv2.SetLogLevel(OpenCvSharp.LogLevel.SILENT);
        CodecWarnings.Prepare();
    }

    /// <summary>Decodes a file that the gate has let through; empty where that fails. A codec may warn that what it decoded is not all there.</summary>
    public static unsafe Matrix Decode(ReadOnlySpan<byte> file, ImreadModes mode, out bool warned)
    {
        fixed (byte* bytes = file)
        {
            CodecWarnings.Begin();
            var status = NativeMethods.imgcodecs_imdecode_vector(bytes, file.Length, (int)(mode | ImreadModes.IgnoreOrientation), out var decoded);
            warned = CodecWarnings.End();
            return status == ExceptionStatus.NotOccurred ? new Matrix(decoded) : default;
        }
    }

    /// <summary>Scales a picture to another's size.</summary>
    public static void Resize(in Matrix from, in Matrix to, InterpolationFlags interpolation) =>
        NativeMethods.HandleException(NativeMethods.imgproc_resize(from.Input, to.Output, new Size(to.Width, to.Height), 0, 0, (int)interpolation));

    /// <summary>Fills a picture whose first pixel, and whose steps to the right and down, lie at a place in another; that one's edges go on outwards.</summary>
    public static unsafe void Warp(in Matrix from, in Matrix to, ReadOnlySpan<double> map)
    {
        fixed (double* values = map)
        {
            using var matrix = new Matrix((nint)values, 3, 2, MatType.CV_64FC1, 3 * sizeof(double));
            NativeMethods.HandleException(NativeMethods.imgproc_warpAffine(
                from.Input, to.Output, matrix.Input, new Size(to.Width, to.Height),
                (int)(InterpolationFlags.Linear | InterpolationFlags.WarpInverseMap), (int)BorderTypes.Replicate, default));
        }
    }

    /// <summary>Turns and mirrors a stored picture so that it stands upright (Exif 2.3, orientation).</summary>
    public static void Turn(in Matrix from, in Matrix to, int orientation)
    {
        NativeMethods.HandleException(orientation switch
        {
            2 => NativeMethods.core_flip(from.Input, to.Output, (int)FlipMode.Y),
            3 => NativeMethods.core_rotate(from.Input, to.Output, (int)RotateFlags.Rotate180),
            4 => NativeMethods.core_flip(from.Input, to.Output, (int)FlipMode.X),
            5 or 7 => NativeMethods.core_transpose(from.Input, to.Output),
            6 => NativeMethods.core_rotate(from.Input, to.Output, (int)RotateFlags.Rotate90Clockwise),
            8 => NativeMethods.core_rotate(from.Input, to.Output, (int)RotateFlags.Rotate90Counterclockwise),
            _ => throw new ArgumentOutOfRangeException(nameof(orientation), orientation, "A picture is stored in one of eight ways."),
        });
        if (orientation == 7)
        {
            NativeMethods.HandleException(NativeMethods.core_rotate(to.Input, to.Output, (int)RotateFlags.Rotate180));
        }
    }
}
