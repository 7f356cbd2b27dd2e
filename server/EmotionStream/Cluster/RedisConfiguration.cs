using StackExchange.Redis;

namespace EmotionStream.Cluster;

/// <summary>How this server reaches Redis.</summary>
internal static class RedisConfiguration
{
    public static ConfigurationOptions Of(ClusterOptions options)
    {
        var redis = ConfigurationOptions.Parse(options.Redis!);
        // A Redis that is away must not keep a server from starting, nor a sender waiting: it is asked again later.
        redis.AbortOnConnectFail = false;
        redis.ReconnectRetryPolicy = new LinearRetry(500);
        redis.BacklogPolicy = BacklogPolicy.FailFast;
        redis.ConnectTimeout = 1000;
        redis.AsyncTimeout = 1000;
        redis.SyncTimeout = 1000;
        return redis;
    }
}
