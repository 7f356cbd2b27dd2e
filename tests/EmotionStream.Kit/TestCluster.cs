using System.Globalization;
using EmotionStream.Cluster;
using EmotionStream.Faces.Telemetry;

namespace EmotionStream.Tests.Kit;

/// <summary>Several servers in this process that are one cluster, over a real Redis and real sockets; or a single machine, of which each is the same.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    public const string Key = "a key that all servers of the tests' cluster have";

    private readonly List<TestServer> _servers = [];

    private TestCluster(RedisServer? redis) => Redis = redis;

    public RedisServer? Redis { get; }

    public TestServer this[int server] => _servers[server % _servers.Count];

    public static string[] Settings(RedisServer redis, TimeSpan? deadAfter = null) =>
    [
        $"--{ClusterOptions.Section}:Redis={redis.Address}", $"--{ClusterOptions.Section}:Key={Key}", $"--{ClusterOptions.Section}:Name=tests",
        $"--{ClusterOptions.Section}:Advertise=127.0.0.1",
        // A server that the others take for dead ends its whole process: here it would be the tests', whenever the machine is busy.
        $"--{ClusterOptions.Section}:DeadAfter={deadAfter ?? TimeSpan.FromMinutes(2)}",
        string.Create(CultureInfo.InvariantCulture, $"--{ClusterOptions.Section}:Port={RedisServer.FreePort()}"),
        // Nor is a server full because the machine is.
        $"--{ClusterOptions.Section}:FullProcessor=1", $"--{ClusterOptions.Section}:FullAnswer={TimeSpan.FromMinutes(10)}",
    ];

    /// <summary>Makes a server believe that its answers are late, for some seconds.</summary>
    public static void Fill(TestServer server) => server.Service<EmotionStreamMetrics>().FrameMeasured(TimeSpan.FromDays(1));

    public static async Task<TestCluster> StartAsync(int servers, params string[] settings)
    {
        var cluster = new TestCluster(servers > 1 ? RedisServer.Start() : null);
        try
        {
            for (var i = 0; i < servers; i++)
            {
                await cluster.AddAsync(settings);
            }

            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async Task<TestServer> AddAsync(params string[] settings)
    {
        var server = await TestServer.StartAsync([.. Redis is null ? [] : Settings(Redis), .. settings]);
        _servers.Add(server);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        Redis?.Dispose();
    }
}
