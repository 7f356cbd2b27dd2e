using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EmotionStream.Faces.Onnx;

/// <summary>Turns off ONNX Runtime's telemetry before any program that uses this assembly can open a model.</summary>
/// <remarks>
/// Since 1.29 it is on by default on Linux: it writes a device id and a queue of events under ~/.cache and uploads them.
/// The native library reads the C environment, which Environment.SetEnvironmentVariable does not change on Linux, and reads it when the first
/// OrtEnv starts; OrtEnv.DisableTelemetryEvents() comes too late. Every OrtEnv starts in this assembly's code, so its initializer is always first.
/// </remarks>
internal static partial class OrtTelemetry
{
    [ModuleInitializer]
    internal static void TurnOff()
    {
        if (SetEnvironment("ORT_DISABLE_TELEMETRY", "1", overwrite: 1) != 0)
        {
            throw new InvalidOperationException("ONNX Runtime's telemetry can't be turned off: setenv failed.");
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
