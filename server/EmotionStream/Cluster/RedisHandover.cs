using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EmotionStream.Faces.Telemetry;
using EmotionStream.Sessions;
using EmotionStream.Telemetry;
using MessagePack;
using MessagePack.Resolvers;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace EmotionStream.Cluster;

/// <summary>What servers leave for each other in Redis, under the hash of the token whose holder may come back.</summary>
/// <remarks>
/// Each entry has one owner, the server that goes on with it. Who takes it over becomes the owner in the same step, and the owner before finds
/// out when it next writes, at the latest; so of two servers that both think they have a session, one remains.
/// </remarks>
internal sealed partial class RedisHandover : IOtherServers, IAsyncDisposable
{
    // An entry without an owner was ended; it stays for as long as its last owner might still write.
    private const string Leave = """
        local owner = redis.call('HGET', KEYS[1], 'owner')
        if owner and owner ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'state', ARGV[2])
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        return 1
        """;

    private const string TakeOver = """
        local owner, state = unpack(redis.call('HMGET', KEYS[1], 'owner', 'state'))
        if not owner or owner == '' then return false end
        redis.call('HSET', KEYS[1], 'owner', ARGV[1])
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return { owner, state, redis.call('HINCRBY', KEYS[1], 'moves', 1) }
        """;

    private const string End = """
        local owner = redis.call('HGET', KEYS[1], 'owner')
        redis.call('DEL', KEYS[1])
        redis.call('HSET', KEYS[1], 'owner', '')
        redis.call('PEXPIRE', KEYS[1], ARGV[1])
        return owner
        """;

    private const int TagBytes = 4;

    private static readonly TimeSpan Ended = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LetGoWithin = TimeSpan.FromMilliseconds(500);

    private static readonly MessagePackSerializerOptions Format = MessagePackSerializerOptions.Standard
        .WithResolver(ContractlessStandardResolverAllowPrivate.Instance)
        .WithSecurity(MessagePackSecurity.UntrustedData);

    private readonly ISiloStatusOracle _silos;
    private readonly IGrainFactory _grains;
    private readonly EmotionStreamMetrics _metrics;
    private readonly Degradations _degradations;
    private readonly ILogger _logger;
    private readonly HandoverCipher _cipher;
    private readonly string _server;
    private readonly string _prefix;
    private readonly Lazy<Task<IConnectionMultiplexer>> _redis;

    public RedisHandover(
        IOptions<ClusterOptions> options, ILocalSiloDetails silo, ISiloStatusOracle silos, IGrainFactory grains, EmotionStreamMetrics metrics, Degradations degradations,
        ILogger<RedisHandover> logger)
    {
        (_silos, _grains, _metrics, _degradations, _logger) = (silos, grains, metrics, degradations, logger);
        _cipher = new HandoverCipher(options.Value.Key!);
        (_server, _prefix) = (silo.SiloAddress.ToParsableString(), options.Value.Name);
        _redis = new(async () => await ConnectionMultiplexer.ConnectAsync(RedisConfiguration.ForSessions(options.Value)));
    }

    public bool Exist => true;

    public string Tag => TagOf(_server);

    public async Task<bool> LeaveAsync<T>(Stay stay, string token, T state, TimeSpan life)
    {
        var name = NameOf(stay, token);
        var encrypted = _cipher.Encrypt(name, MessagePackSerializer.Serialize(state, Format));
        var left = await AskAsync(redis => redis.ScriptEvaluateAsync(Leave, [name], [_server, encrypted, (long)life.TotalMilliseconds]));
        // What can't be asked is not known to be somebody else's.
        return left is null || (long)left == 1;
    }

    public async Task<TakenOver<T>?> TakeOverAsync<T>(Stay stay, string token, TimeSpan life)
        where T : class
    {
        var name = NameOf(stay, token);
        var found = await AskAsync(redis => redis.ScriptEvaluateAsync(TakeOver, [name], [_server, (long)life.TotalMilliseconds]));
        if (found is null || found.IsNull || (RedisResult[]?)found is not [var owner, var encrypted, var moves])
        {
            return null;
        }

        // A server that still had a participant would take signals for it; one that is gone does not answer, and is not waited for.
        await Task.WhenAny(LetGoAsync(stay, token, (string?)owner, hasEnded: false), stay == Stay.Call ? Task.Delay(LetGoWithin) : Task.CompletedTask);
        if (Read<T>(name, (byte[]?)encrypted) is { } state)
        {
            return new TakenOver<T>(state, (int)moves);
        }

        _metrics.HandoverRefused();
        LogRefused();
        return null;
    }

    /// <summary>Finds out whether Redis takes what is left there, while nobody needs it: one that is full still answers.</summary>
    public Task PingAsync() => AskAsync(redis => redis.ExecuteAsync("SET", $"{_prefix}:ping", _server, "PX", (long)Ended.TotalMilliseconds));

    public async Task EndAsync(Stay stay, string token)
    {
        var owner = await AskAsync(redis => redis.ScriptEvaluateAsync(End, [NameOf(stay, token)], [(long)Ended.TotalMilliseconds]));
        await LetGoAsync(stay, token, (string?)owner, hasEnded: true);
    }

    public Task<FaceGlimpse?> FindFaceAsync(string token, string face, double? capturedAt) => AskServerAsync(
        async () => await OwnerAsync(token) is { } owner ? (await owner.FindFace(Secrets.Hash(token), face, capturedAt))?.ToGlimpse() : null);

    public Task<FaceGlimpse?> FindStillFaceAsync(string token) => AskServerAsync(
        async () => ServerOf(token) is { } server ? (await server.FindStillFace(token))?.ToGlimpse() : null);

    public Task<bool> HoldCropsAsync(string token, string? contributor) => AskServerAsync(
        async () => await OwnerAsync(token) is { } owner && await owner.HoldCrops(Secrets.Hash(token), contributor));

    public async ValueTask DisposeAsync()
    {
        if (_redis.IsValueCreated)
        {
            await (await _redis.Value).DisposeAsync();
        }
    }

    private string NameOf(Stay stay, string token) => $"{_prefix}:{(stay == Stay.Session ? "session" : "call")}:{Secrets.Hash(token)}";

    private async Task<IServerGrain?> OwnerAsync(string token)
    {
        string? owner = await AskValueAsync(redis => redis.HashGetAsync(NameOf(Stay.Session, token), "owner"));
        return string.IsNullOrEmpty(owner) || owner == _server ? null : _grains.GetGrain<IServerGrain>(owner);
    }

    /// <summary>The other server whose tag a picture's token ends with.</summary>
    private IServerGrain? ServerOf(string token) =>
        _silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(address => address.ToParsableString())
            .FirstOrDefault(server => server != _server && token.EndsWith(TagOf(server), StringComparison.Ordinal)) is { } server
            ? _grains.GetGrain<IServerGrain>(server)
            : null;

    // An address of the private network is nothing that visitors need to see.
    private static string TagOf(string server) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(server)).AsSpan(0, TagBytes));

    /// <summary>Nothing if the other server can't be reached.</summary>
    private async Task<T?> AskServerAsync<T>(Func<Task<T?>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception problem) when (problem is OrleansException or TimeoutException)
        {
            LogUnreachable(problem.Message);
            return default;
        }
    }

    /// <summary>Tells the owner before, who else would find out a second later; if it is gone there is nothing to tell.</summary>
    private async Task LetGoAsync(Stay stay, string token, string? owner, bool hasEnded)
    {
        if (string.IsNullOrEmpty(owner) || owner == _server)
        {
            return;
        }

        try
        {
            await _grains.GetGrain<IServerGrain>(owner).LetGo(stay, Secrets.Hash(token), hasEnded);
        }
        catch (Exception problem) when (problem is OrleansException or TimeoutException)
        {
            LogUnreachable(problem.Message);
        }
    }

    private T? Read<T>(string name, byte[]? encrypted)
        where T : class
    {
        try
        {
            return encrypted is not null && _cipher.Decrypt(name, encrypted) is { } state ? MessagePackSerializer.Deserialize<T>(state, Format) : null;
        }
        catch (MessagePackSerializationException)
        {
            // Of a server of another version.
            return null;
        }
    }

    private async Task<RedisValue> AskValueAsync(Func<IDatabase, Task<RedisValue>> ask)
    {
        var value = RedisValue.Null;
        await AskAsync(async redis =>
        {
            value = await ask(redis);
            return RedisResult.Create(RedisValue.EmptyString);
        });
        return value;
    }

    /// <summary>Null while Redis can't be asked: what is here goes on, and nothing is left for others.</summary>
    private async Task<RedisResult?> AskAsync(Func<IDatabase, Task<RedisResult>> ask)
    {
        try
        {
            var result = await ask((await _redis.Value).GetDatabase());
            if (_degradations.Report("handover", null))
            {
                LogBack();
            }

            return result;
        }
        catch (Exception problem) when (problem is RedisException or TimeoutException)
        {
            if (_degradations.Report("handover", "sessions can't go on on other servers"))
            {
                LogAway(problem.Message);
            }

            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What another server left could not be read: it was altered, or its server has another key or version")]
    private partial void LogRefused();

    [LoggerMessage(Level = LogLevel.Information, Message = "Another server can't be reached: {Problem}")]
    private partial void LogUnreachable(string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Redis can't be reached or takes nothing, so sessions can't go on on other servers: {Problem}")]
    private partial void LogAway(string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis is back")]
    private partial void LogBack();
}
