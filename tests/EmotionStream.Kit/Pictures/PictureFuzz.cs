using System.Globalization;
using System.Runtime.InteropServices;
using EmotionStream.Faces;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Stills;

namespace EmotionStream.Tests.Vision;

/// <summary>Decodes a file through gate and decoder, as a still of the default limits is, and measures what that takes.</summary>
internal sealed partial class PictureFuzz
{
    private const int ThreadProcessorTime = 3;

    private readonly VisionOptions _options = new StillsOptions().Vision(new VisionOptions());
    private readonly PictureDecoder _decoder;
    private readonly GrayImage _image = new();

    public PictureFuzz() => _decoder = new PictureDecoder(_options);

    /// <summary>Whether the gate lets a file through to the decoder.</summary>
    public bool PassesGate(byte[] file) => PictureGate.Read(file, _options, out _) == PictureResult.Decoded;

    /// <summary>The result, and the processor time of this thread alone.</summary>
    public (PictureResult Result, double Milliseconds) Time(byte[] file)
    {
        var before = ProcessorTime();
        var result = _decoder.Decode(file, _image);
        return (result, ProcessorTime() - before);
    }

    /// <summary>The same, and by how many megabytes the whole process grew at most meanwhile; only for a process that does nothing else.</summary>
    public (PictureResult Result, double Milliseconds, double Megabytes) Measure(byte[] file)
    {
        // "5" makes the peak what is resident now (proc(5), clear_refs).
        File.WriteAllText("/proc/self/clear_refs", "5");
        var before = Peak();
        var (result, milliseconds) = Time(file);
        return (result, milliseconds, Peak() - before);
    }

    private static double Peak() =>
        double.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))[6..^2], CultureInfo.InvariantCulture) / 1024;

    private static double ProcessorTime()
    {
        _ = GetTime(ThreadProcessorTime, out var time);
        return (time.Seconds * 1e3) + (time.Nanoseconds / 1e6);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
