using System.Runtime.InteropServices;

namespace EmotionStream.Faces.Stills;

/// <summary>Lets a thread have what the others leave: .NET's own thread priorities do nothing on Linux.</summary>
internal static partial class LowPriority
{
    // A frame's worker that wakes up takes the core at once, and keeps nine tenths of it while both are busy (sched(7): weight 1024 to 110).
    private const int Steps = 10;

    /// <summary>Lowers the calling thread for good; elsewhere than on Linux, where only a whole process can be lowered, it stays as it is.</summary>
    public static void Take()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Nice(Steps);
        }
    }

    [LibraryImport("libc", EntryPoint = "nice")]
    private static partial int Nice(int increment);
}
