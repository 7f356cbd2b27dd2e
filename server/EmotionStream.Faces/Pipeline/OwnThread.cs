using System.Runtime.InteropServices;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Runs long work on threads of its own, so that it neither waits for the pool's threads nor holds them.</summary>
internal static partial class OwnThread
{
    // A frame's worker that wakes up takes the core at once, and keeps nine tenths of it while both are busy (sched(7): weight 1024 to 110).
    private const int LowerSteps = 10;

    [ThreadStatic]
    private static Signal? _signal;

    public static Task RunAsync(string name, Action work) => RunAsync(name, () =>
    {
        work();
        return true;
    });

    /// <summary>With what the other threads leave: .NET's own thread priorities do nothing on Linux. Elsewhere, where only a whole process can be lowered, as usual.</summary>
    public static Task<T> RunLowAsync<T>(string name, Func<T> work) => RunAsync(name, () =>
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Nice(LowerSteps);
        }

        return work();
    });

    public static Task RunLowAsync(string name, Action work) => RunLowAsync(name, () =>
    {
        work();
        return true;
    });

    /// <summary>Holds the thread until a channel has something, or has room: false once it never will again.</summary>
    /// <remarks>A task's own wait would allocate the task, and spin where this thread has nothing to do and others have.</remarks>
    public static bool Wait(ValueTask<bool> ready)
    {
        var awaiter = ready.GetAwaiter();
        if (!awaiter.IsCompleted)
        {
            _signal ??= new Signal();
            awaiter.UnsafeOnCompleted(_signal.Set);
            _signal.Wait();
        }

        return awaiter.GetResult();
    }

    private static Task<T> RunAsync<T>(string name, Func<T> work)
    {
        var ended = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
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

    [LibraryImport("libc", EntryPoint = "nice")]
    private static partial int Nice(int increment);

    /// <summary>What a thread waits for, one and the same for all its waits.</summary>
    private sealed class Signal
    {
        private bool _isSet;

        public Signal() => Set = () =>
        {
            lock (this)
            {
                _isSet = true;
                Monitor.Pulse(this);
            }
        };

        public Action Set { get; }

        public void Wait()
        {
            lock (this)
            {
                while (!_isSet)
                {
                    Monitor.Wait(this);
                }

                _isSet = false;
            }
        }
    }
}
