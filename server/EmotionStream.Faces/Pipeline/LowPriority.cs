using System.Runtime.InteropServices;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Runs work on threads that have what the others leave: .NET's own thread priorities do nothing on Linux.</summary>
internal static partial class LowPriority
{
    // A frame's worker that wakes up takes the core at once, and keeps nine tenths of it while both are busy (sched(7): weight 1024 to 110).
    private const int Steps = 10;

    /// <summary>Runs on a thread of its own; elsewhere than on Linux, where only a whole process can be lowered, at the usual priority.</summary>
    public static Task<T> RunAsync<T>(string name, Func<T> work)
    {
        var ended = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                if (OperatingSystem.IsLinux())
                {
                    _ = Nice(Steps);
                }

                ended.SetResult(work());
            }
            catch (Exception problem)
            {
                ended.SetException(problem);
            }
        })
        { IsBackground = true, Name = name }.Start();
        return ended.Task;
    }

    public static Task RunAsync(string name, Action work) => RunAsync(name, () =>
    {
        work();
        return true;
    });

    [LibraryImport("libc", EntryPoint = "nice")]
    private static partial int Nice(int increment);
}
