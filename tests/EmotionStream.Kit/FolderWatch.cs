using System.Collections.Concurrent;

namespace EmotionStream.Tests.Kit;

/// <summary>Hears of every file that is written in some folders while it exists.</summary>
internal sealed class FolderWatch : IDisposable
{
    private readonly ConcurrentDictionary<string, bool> _written = [];
    private readonly string[] _folders;
    private readonly FileSystemWatcher[] _watchers;

    public FolderWatch(params string[] folders)
    {
        _folders = [.. folders.Distinct()];
        _watchers = [.. _folders.Select(Watch)];
    }

    /// <summary>What was written. A file is written on purpose in each folder first: it must be heard of, and with it whatever came before.</summary>
    public async Task<string[]> WrittenAsync()
    {
        string[] controls = [.. _folders.Select(folder => Path.Combine(folder, $"control-{Guid.NewGuid():N}"))];
        foreach (var control in controls)
        {
            await File.WriteAllBytesAsync(control, [1], TestContext.Current.CancellationToken);
        }

        await TestTimeouts.UntilAsync(() => controls.All(_written.ContainsKey), "the watch hears of a file that was written on purpose");
        foreach (var control in controls)
        {
            File.Delete(control);
        }

        return [.. _written.Keys.Except(controls)];
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers)
        {
            watcher.Dispose();
        }
    }

    private FileSystemWatcher Watch(string folder)
    {
        var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite };
        watcher.Created += (_, file) => _written[file.FullPath] = true;
        watcher.Changed += (_, file) => _written[file.FullPath] = true;
        watcher.Renamed += (_, file) => _written[file.FullPath] = true;
        watcher.EnableRaisingEvents = true;
        return watcher;
    }
}
