using System.Runtime.InteropServices;

namespace EmotionStream.Faces.Decoding;

/// <summary>Hears what libjpeg and libpng, inside OpenCV, write to C's standard error: a JPEG that it warns of is damaged.</summary>
/// <remarks>
/// OpenCV drops their warnings and decodes on, and its log level does not reach them: each damaged picture of a stranger would be taken for
/// a whole one and write a line. So while any thread decodes, C's `stderr` is a stream that calls back; what comes from elsewhere meanwhile goes
/// on to descriptor 2. Only then, because a dying process can't call back: what .NET says of an unhandled exception would be lost.
/// </remarks>
internal static unsafe partial class CodecWarnings
{
    private const string Library = "libc";
    private const int Unbuffered = 2;
    private const int StandardError = 2;

    private static readonly Lock Switch = new();

    [ThreadStatic]
    private static bool _decoding;

    [ThreadStatic]
    private static bool _warned;

    private static int _decodings;
    private static nint* _stderr;
    private static nint _original;
    private static nint _listening;

    public static void Prepare()
    {
        _stderr = (nint*)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "stderr");
        _original = *_stderr;
        _listening = OpenStream();
        AppDomain.CurrentDomain.UnhandledException += (_, _) => *_stderr = _original;
    }

    public static void Begin()
    {
        (_decoding, _warned) = (true, false);
        lock (Switch)
        {
            if (_decodings++ == 0)
            {
                *_stderr = _listening;
            }
        }
    }

    /// <summary>Whether this thread's codecs have warned since it began.</summary>
    public static bool End()
    {
        lock (Switch)
        {
            if (--_decodings == 0)
            {
                *_stderr = _original;
            }
        }

        _decoding = false;
        return _warned;
    }

    private static nint OpenStream()
    {
        var stream = OpenCookie(0, "w", new Callbacks { Write = &Write });
        if (stream == 0 || SetBuffering(stream, 0, Unbuffered, 0) != 0)
        {
            throw new InvalidOperationException("No stream can be opened for what the codecs say.");
        }

        return stream;
    }

    [UnmanagedCallersOnly]
    private static nint Write(nint cookie, byte* text, nint length)
    {
        if (!_decoding)
        {
            return WriteTo(StandardError, text, length);
        }

        _warned = true;
        return length;
    }

    [LibraryImport(Library, EntryPoint = "fopencookie", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenCookie(nint cookie, string mode, Callbacks callbacks);

    [LibraryImport(Library, EntryPoint = "setvbuf")]
    private static partial int SetBuffering(nint stream, nint buffer, int mode, nint size);

    [LibraryImport(Library, EntryPoint = "write")]
    private static partial nint WriteTo(int descriptor, byte* bytes, nint length);

    /// <summary>glibc's cookie_io_functions_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Callbacks
    {
        public nint Read;
        public delegate* unmanaged<nint, byte*, nint, nint> Write;
        public nint Seek;
        public nint Close;
    }
}
