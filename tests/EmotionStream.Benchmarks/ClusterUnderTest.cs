using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using EmotionStream.Sessions;
using EmotionStream.Tests.Kit;
using StackExchange.Redis;

namespace EmotionStream.Benchmarks;

/// <summary>A cluster that deploy/cluster.sh runs, and its servers' processes.</summary>
internal sealed partial class ClusterUnderTest : IDisposable
{
    private readonly Process _script;
    private readonly IConnectionMultiplexer _redis;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private ClusterUnderTest(Process script, Uri entrance, IReadOnlyList<Server> servers, IConnectionMultiplexer redis) =>
        (_script, Entrance, Servers, _redis) = (script, entrance, servers, redis);

    public Uri Entrance { get; }

    public IReadOnlyList<Server> Servers { get; }

    public static async Task<ClusterUnderTest> StartAsync(string data, int servers, params string[] settings)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardError = true };
        start.Environment["DATA"] = data;
        start.Environment["PORT"] = RedisServer.FreePort().ToString(CultureInfo.InvariantCulture);
        foreach (var argument in (string[])[Path.Combine(Repository.Folder, "deploy", "cluster.sh"), servers.ToString(CultureInfo.InvariantCulture), .. settings])
        {
            start.ArgumentList.Add(argument);
        }

        var script = Process.Start(start)!;
        List<Server> started = [];
        var last = "";
        while (await script.StandardError.ReadLineAsync() is { } line)
        {
            last = line;
            if (ServerLine().Match(line) is { Success: true } server)
            {
                started.Add(new Server(server.Groups[1].Value, new Uri(server.Groups[2].Value), data));
            }
            else if (EntranceLine().Match(line) is { Success: true } entrance)
            {
                _ = script.StandardError.ReadToEndAsync();
                return new ClusterUnderTest(script, new Uri(entrance.Groups[1].Value), started, await ConnectAsync(data));
            }
        }

        throw new InvalidOperationException($"The cluster did not start: {last}");
    }

    /// <summary>The server that has the session of that resume token.</summary>
    public async Task<Server?> ServerOfAsync(string resumeToken)
    {
        string? owner = await _redis.GetDatabase().HashGetAsync($"emotionstream:session:{Secrets.Hash(resumeToken)}", "owner");
        return owner is null ? null : Servers.FirstOrDefault(server => owner.Contains($":{server.Port}@", StringComparison.Ordinal));
    }

    /// <summary>What servers have left in Redis for each other.</summary>
    public int Left => _redis.GetServers()[0].Keys().Count(key => key.ToString() is var name
        && (name.Contains(":session:", StringComparison.Ordinal) || name.Contains(":call:", StringComparison.Ordinal)));

    /// <summary>Until every server is there and ready; the script starts again those that have ended.</summary>
    public async Task UntilAllReadyAsync()
    {
        foreach (var server in Servers)
        {
            while (!await IsReadyAsync(server))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        }
    }

    public void Dispose()
    {
        Process.Start("kill", ["-TERM", _script.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        _script.WaitForExit();
        _script.Dispose();
        _http.Dispose();
        _redis.Dispose();
    }

    private async Task<bool> IsReadyAsync(Server server)
    {
        try
        {
            return (await _http.GetAsync(new Uri(server.Address, "/readyz"))).IsSuccessStatusCode;
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"(node-\d+) (http://\S+), process")]
    private static partial Regex ServerLine();

    [GeneratedRegex(@"open (http://\S+)/")]
    private static partial Regex EntranceLine();

    private static async Task<IConnectionMultiplexer> ConnectAsync(string data)
    {
        var port = PortLine().Match(await File.ReadAllTextAsync(Path.Combine(data, "redis.conf"))).Groups[1].Value;
        var password = (await File.ReadAllTextAsync(Path.Combine(data, "redis.password"))).Trim();
        return await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},password={password},abortConnect=false");
    }

    [GeneratedRegex(@"^port (\d+)", RegexOptions.Multiline)]
    private static partial Regex PortLine();

    /// <summary>One server; the script may have started it again meanwhile, so its process is looked for each time.</summary>
    internal sealed record Server(string Name, Uri Address, string Data)
    {
        /// <summary>Where the other servers reach it.</summary>
        public string Port => Setting(Process, "Cluster__Port");

        private string Process => Directory.EnumerateDirectories("/proc").FirstOrDefault(
            process => Setting(process, "Storage__DataDirectory") == Path.Combine(Data, Name)) ?? "";

        public void Signal(string signal) => System.Diagnostics.Process.Start("kill", [$"-{signal}", Path.GetFileName(Process)]).WaitForExit();

        /// <summary>Asks it to stop, and waits until its process has ended.</summary>
        public async Task StopAsync()
        {
            var process = Process;
            Signal("TERM");
            while (Directory.Exists(process))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }

        private static string Setting(string process, string name)
        {
            try
            {
                var variables = File.ReadAllText(Path.Combine(process, "environ")).Split('\0');
                return variables.FirstOrDefault(variable => variable.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..] ?? "";
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                return "";
            }
        }
    }
}
