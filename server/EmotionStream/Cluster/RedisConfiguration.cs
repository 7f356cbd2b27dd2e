using StackExchange.Redis;

namespace EmotionStream.Cluster;

/// <summary>How this server reaches Redis.</summary>
internal static class RedisConfiguration
{
    /// <summary>For what senders wait for: a Redis that does not answer is given up soon and asked again later.</summary>
    public static ConfigurationOptions ForSessions(ClusterOptions options) => Create(options, TimeSpan.FromSeconds(1));

    /// <summary>For the list of servers, without which none starts: nobody waits for it, and a busy machine may take more than a second.</summary>
    public static ConfigurationOptions ForMembership(ClusterOptions options) => Create(options, TimeSpan.FromSeconds(5));

    private static ConfigurationOptions Create(ClusterOptions options, TimeSpan patience)
    {
        var redis = ConfigurationOptions.Parse(options.Redis!);
        // A Redis that is away must not keep a server from starting.
        redis.AbortOnConnectFail = false;
        redis.ReconnectRetryPolicy = new LinearRetry(500);
        redis.BacklogPolicy = BacklogPolicy.FailFast;
        redis.ConnectTimeout = redis.AsyncTimeout = redis.SyncTimeout = (int)patience.TotalMilliseconds;
        return redis;
    }
}
