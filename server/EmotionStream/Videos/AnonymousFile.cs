using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EmotionStream.Videos;

/// <summary>A file without a name that lives in memory only, yet can be read back and forth by another program.</summary>
/// <remarks>
/// Half of all MP4 files have their index at the end, so they can't go through a pipe, and pictures of people do not go to the disk:
/// Linux's memfd_create gives what is needed for both. The other program opens it through this process's own entry under /proc.
/// </remarks>
internal sealed partial class AnonymousFile : IDisposable
{
    private const uint CloseOnExecute = 1;

    private readonly SafeFileHandle _handle;

    private Action? _disposed;

    /// <param name="disposed">Is called once, when the memory is free again.</param>
    public AnonymousFile(Action disposed)
    {
        _disposed = disposed;
        _handle = MemoryFile("clip", CloseOnExecute);
        if (_handle.IsInvalid)
        {
            throw new IOException("There is no memory for another file.");
        }

        Stream = new FileStream(_handle, FileAccess.ReadWrite, bufferSize: 0);
    }

    public static bool IsSupported => OperatingSystem.IsLinux();

    public FileStream Stream { get; }

    /// <summary>Where another program of the same user finds the file while this one has it open.</summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{_handle.DangerousGetHandle()}";

    public void Dispose()
    {
        Stream.Dispose();
        Interlocked.Exchange(ref _disposed, null)?.Invoke();
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle MemoryFile(string name, uint flags);
}
