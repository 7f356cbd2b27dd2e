using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Cluster;

/// <summary>A server whose cluster's settings or neighbors are wrong does not start half, and says what is wrong.</summary>
public class ClusterSettingTests
{
    [Theory]
    [InlineData("Cluster:Key is needed", "--Cluster:Redis=127.0.0.1:6379")]
    [InlineData("Cluster:Redis is not understood", "--Cluster:Redis=127.0.0.1,nonsense=1", "--Cluster:Key=" + TestCluster.Key)]
    [InlineData("Cluster:Advertise is no IP address", "--Cluster:Redis=127.0.0.1:6379", "--Cluster:Key=" + TestCluster.Key, "--Cluster:Advertise=here")]
    [InlineData("Cluster:PublicAddress is no address", "--Cluster:Redis=127.0.0.1:6379", "--Cluster:Key=" + TestCluster.Key, "--Cluster:PublicAddress=node-2")]
    [InlineData("Key", "--Cluster:Redis=127.0.0.1:6379", "--Cluster:Key=short")]
    public async Task WrongSetting_StopsTheStart_AndIsNamed(string said, params string[] settings)
    {
        var problem = await Assert.ThrowsAnyAsync<Exception>(() => TestServer.StartAsync(settings));

        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RedisThatRefuses_IsNamedInOneLine()
    {
        using var redis = RedisServer.Start("--requirepass", "another password");

        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => ServerProcess.StartAsync(TestCluster.Settings(redis)));

        Assert.Contains("Cluster:Redis", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakenPort_IsNamedInOneLine()
    {
        using var redis = RedisServer.Start();
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var port = ((System.Net.IPEndPoint)other.LocalEndpoint).Port;

        var problem = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ServerProcess.StartAsync([.. TestCluster.Settings(redis), $"--Cluster:Port={port}"]));

        Assert.Contains("Cluster:Port", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", problem.Message, StringComparison.Ordinal);
    }
}
