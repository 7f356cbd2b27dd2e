using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Deploy;

/// <summary>deploy/cluster.sh at work, in a data folder of its own.</summary>
internal sealed partial class ClusterScript : IAsyncDisposable
{
    private const int Interrupt = 2;

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _said = [];

    private ClusterScript(int nodes)
    {
        var script = Path.Combine(Repository.Folder, "deploy", "cluster.sh");
        _process = new Process
        {
            // A shell can't trap a signal that was ignored when it started, as Ctrl+C is in a build that runs in the background.
            StartInfo = new ProcessStartInfo("env", ["--default-signal=INT", "bash", script, "--no-build", nodes.ToString(CultureInfo.InvariantCulture)])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["DATA"] = Data.FullName, ["PORT"] = "0" },
            },
        };
        _process.ErrorDataReceived += (_, line) => _ = line.Data is null ? _lines.Writer.TryComplete() : _lines.Writer.TryWrite(line.Data);
        _process.OutputDataReceived += (_, _) => { };
    }

    // Made by the script, so that PostgreSQL's account can look into it.
    public DirectoryInfo Data { get; } = new(Path.Combine(Path.GetTempPath(), $"es-cluster-{Guid.NewGuid():N}"));

    /// <summary>nginx's address.</summary>
    public Uri Entrance { get; private set; } = new("about:blank");

    /// <summary>The servers' processes.</summary>
    public IReadOnlyList<int> Nodes =>
        [.. _said.Select(line => NodeLine().Match(line)).Where(match => match.Success).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];

    public static async Task<ClusterScript> StartAsync(int nodes)
    {
        Needs.That(File.Exists("/usr/sbin/nginx") && File.Exists("/usr/bin/redis-server"), "nginx and Redis: apt-get install nginx redis-server");
        Needs.That(Directory.Exists("/usr/lib/postgresql"), "PostgreSQL: apt-get install postgresql");
        var cluster = new ClusterScript(nodes);
        cluster._process.Start();
        cluster._process.BeginErrorReadLine();
        cluster._process.BeginOutputReadLine();
        cluster.Entrance = new Uri((await cluster.SaysAsync(LastLine())).Groups[1].Value);
        return cluster;
    }

    /// <summary>Waits until the script has said something.</summary>
    public async Task<Match> SaysAsync(Regex what)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TestTimeouts.Default);
        await foreach (var line in _lines.Reader.ReadAllAsync(patience.Token))
        {
            _said.Add(line);
            if (what.Match(line) is { Success: true } match)
            {
                return match;
            }
        }

        throw new InvalidOperationException($"cluster.sh ended: {string.Join('\n', _said)}");
    }

    /// <summary>As Ctrl+C does; waits until all has ended.</summary>
    public async Task InterruptAsync()
    {
        Assert.Equal(0, Signal(_process.Id, Interrupt));
        await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(TestTimeouts.Default);
    }

    /// <summary>Ends the script at once, so that it can't stop what it has started.</summary>
    public void Kill() => _process.Kill();

    /// <summary>The commands that run in the data folder, the servers among them.</summary>
    public IReadOnlyList<string> Running() => [.. Process.GetProcesses().Select(Command).Where(command => command.Contains(Data.FullName, StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await InterruptAsync();
        }

        _process.Dispose();
        Data.Delete(recursive: true);
    }

    /// <summary>A process's arguments and environment; nothing of one that has ended meanwhile.</summary>
    private static string Command(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline") + File.ReadAllText($"/proc/{process.Id}/environ");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);

    [GeneratedRegex(@"process (\d+)")]
    private static partial Regex NodeLine();

    [GeneratedRegex(@"open (\S+/)")]
    private static partial Regex LastLine();
}
