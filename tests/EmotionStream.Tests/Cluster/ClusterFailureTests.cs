using EmotionStream.Cluster;
using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Cluster;

/// <summary>Servers of their own processes that fail as machines do.</summary>
public class ClusterFailureTests
{
    // Long enough for a busy machine, and short of what a test waits for.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Bytes: of a face the model remembers 290 floats. Without one, a session takes some 200.
    private const int FaceMemory = 1160;

    [Fact]
    public async Task KilledServer_LosesNoSession_NoPlaceInACall_AndNoRoom()
    {
        using var redis = RedisServer.Start();
        await using var first = await ServerProcess.StartAsync(TestCluster.Settings(redis, Patience));
        await using var second = await ServerProcess.StartAsync(TestCluster.Settings(redis, Patience));
        await using var camera = await HubTestClient.ConnectAsync(first.Address, "messagepack");
        await using var caller = await HubTestClient.ConnectAsync(first.Address, "messagepack", "/hubs/room");
        await using var viewer = await HubTestClient.ConnectAsync(second.Address, "messagepack", "/hubs/room");
        var started = await camera.InvokeAsync<Started>("Start", InRoom("Ann"));
        var joined = await caller.InvokeAsync<JoinedRoom>("Join", new JoinRequest("blue", "Ann"));
        var watcher = await viewer.InvokeAsync<JoinedRoom>("Join", new JoinRequest("blue", "Ben"));
        var updates = await viewer.StreamAsync<RoomUpdate>("Watch", new WatchRequest("blue", RateHz: 30));
        await camera.SubmitAsync(1, TestPictures.Face("happy"));
        var before = await camera.NextAsync<Measured>();
        await updates.UntilAsync(update => update.People is [{ Dominant: "happy" }]);

        // What a server leaves is a second old at most, on a machine that has a second to spare.
        await using var left = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(redis.Address);
        await TestTimeouts.UntilAsync(
            async () => await left.GetDatabase().HashStringLengthAsync(NameOf(started.ResumeToken), "state") > FaceMemory, "the face left for others");
        await first.KillAsync();
        await using var back = await HubTestClient.ConnectAsync(second.Address, "messagepack");
        var resumed = await back.InvokeAsync<Started>("Start", InRoom("Ann", started.ResumeToken));
        await using var backCaller = await HubTestClient.ConnectAsync(second.Address, "messagepack", "/hubs/room");
        var rejoined = await backCaller.InvokeAsync<JoinedRoom>("Join", new JoinRequest("blue", "Ann", ResumeToken: joined.ResumeToken));
        await back.SubmitAsync(2, TestPictures.Face("surprise"));
        var after = await back.NextAsync<Measured>();
        var shown = await updates.UntilAsync(update => update.People is [{ Dominant: "surprise" }]);

        Assert.Equal((true, started.SessionId), (resumed.Resumed, resumed.SessionId));
        Assert.Equal(before.Faces[0].Id, after.Faces[0].Id);
        Assert.Equal(started.SessionId, shown.People[0].Id);
        Assert.Equal((true, joined.Id), (rejoined.Resumed, rejoined.Id));
        Assert.Equal([watcher.Id], rejoined.Others.Select(other => other.Id));
        await backCaller.InvokeAsync<object>("Signal", watcher.Id, "I am back");
        Assert.Equal([joined.Id, "I am back"], await viewer.NextAsync<object?[]>());
    }

    [Fact]
    public async Task HungServer_HoldsUpNeitherItsSessionsNorItsRoom()
    {
        using var redis = RedisServer.Start();
        await using var first = await ServerProcess.StartAsync(TestCluster.Settings(redis, Patience));
        await using var second = await ServerProcess.StartAsync(TestCluster.Settings(redis, Patience));
        await using var camera = await HubTestClient.ConnectAsync(first.Address, "messagepack");
        var started = await camera.InvokeAsync<Started>("Start", InRoom("Ann"));
        await using var viewer = await HubTestClient.ConnectAsync(second.Address, "messagepack", "/hubs/room");
        var updates = await viewer.StreamAsync<RoomUpdate>("Watch", new WatchRequest("blue", RateHz: 30));
        await camera.SubmitAsync(1, TestPictures.Face("happy"));
        await updates.UntilAsync(update => update.People is [{ Dominant: "happy" }]);

        first.Hang();
        await using var back = await HubTestClient.ConnectAsync(second.Address, "messagepack");
        var resumed = await back.InvokeAsync<Started>("Start", InRoom("Ann", started.ResumeToken));
        await back.SubmitAsync(2, TestPictures.Face("surprise"));
        await updates.UntilAsync(update => update.People is [{ Dominant: "surprise" }]);

        Assert.Equal((true, started.SessionId), (resumed.Resumed, resumed.SessionId));
    }

    [Fact]
    public async Task StoppingServer_WithoutARedis_EndsAllTheSame()
    {
        using var redis = RedisServer.Start();
        await using var server = await ServerProcess.StartAsync(TestCluster.Settings(redis, Patience));
        redis.Kill();

        await server.StopAsync();

        redis.Restart();
    }

    [Fact]
    public async Task StoppingServer_HandsItsSessionsOver_AndSendsNewcomersOn()
    {
        using var redis = RedisServer.Start();
        await using var first = await ServerProcess.StartAsync(TestCluster.Settings(redis, Patience));
        await using var second = await ServerProcess.StartAsync(TestCluster.Settings(redis, Patience));
        await using var camera = await HubTestClient.ConnectAsync(first.Address, "messagepack");
        var started = await camera.InvokeAsync<Started>("Start", InRoom("Ann"));
        await camera.SubmitAsync(1, TestPictures.Face("happy"));
        var before = await camera.NextAsync<Measured>();

        var stop = first.StopAsync();
        var stopping = await camera.NextAsync<Stopping>();
        await using var back = await HubTestClient.ConnectAsync(second.Address, "messagepack");
        var resumed = await back.InvokeAsync<Started>("Start", InRoom("Ann", started.ResumeToken));
        await back.SubmitAsync(2, TestPictures.Face("happy"));
        var after = await back.NextAsync<Measured>();
        await stop;

        Assert.True(stopping.Elsewhere);
        Assert.Equal((true, started.SessionId), (resumed.Resumed, resumed.SessionId));
        // Handed over with the very last frame.
        Assert.Equal(before.Faces[0].Id, after.Faces[0].Id);
        Assert.True(after.Faces[0].Age > 0);
    }

    [Fact]
    public async Task LostRedis_StopsNothingThatIsLive_AndIsFoundAgain()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        await using var ann = await cluster[0].ConnectAsync();
        await using var viewer = await cluster[0].ConnectToRoomsAsync();
        var started = await ann.InvokeAsync<Started>("Start", InRoom("Ann"));
        var updates = await viewer.StreamAsync<RoomUpdate>("Watch", new WatchRequest("blue", RateHz: 30));

        cluster.Redis!.Kill();
        await ann.SubmitAsync(1, TestPictures.Face("happy"));
        await ann.NextAsync<Measured>();
        await updates.UntilAsync(update => update.People is [{ Dominant: "happy" }]);
        await TestTimeouts.UntilAsync(async () => (await ReadyAsync(cluster[0])).Contains("handover", StringComparison.Ordinal), "the loss shown");
        await using var late = await cluster[1].ConnectAsync();
        Assert.False((await late.StartAsync(started.ResumeToken)).Resumed);

        cluster.Redis.Restart();
        await TestTimeouts.UntilAsync(async () => await ReadyAsync(cluster[0]) == "ready" && await ReadyAsync(cluster[1]) == "ready", "Redis found again");
        await using var redis = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(cluster.Redis.Address);
        await GoesOnAsync(cluster[1], redis, started.ResumeToken);
    }

    [Fact]
    public async Task FullRedis_StopsNothingThatIsLive_AndIsSaid()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        await using var redis = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(cluster.Redis!.Address);
        await redis.GetDatabase().ExecuteAsync("CONFIG", "SET", "maxmemory", "1");
        await TestTimeouts.UntilAsync(async () => (await ReadyAsync(cluster[0])).Contains("handover", StringComparison.Ordinal), "the loss shown");

        await using var ann = await cluster[0].ConnectAsync();
        var started = await ann.StartAsync();
        await ann.SubmitAsync(1, TestPictures.Face("happy"));
        await ann.NextAsync<Measured>();
        await using var late = await cluster[1].ConnectAsync();
        Assert.False((await late.StartAsync(started.ResumeToken)).Resumed);

        await redis.GetDatabase().ExecuteAsync("CONFIG", "SET", "maxmemory", "0");
        await TestTimeouts.UntilAsync(async () => await ReadyAsync(cluster[0]) == "ready", "room in Redis seen");
        await GoesOnAsync(cluster[1], redis, started.ResumeToken);
    }

    [Fact]
    public async Task WhatAnotherVersionLeft_IsRefusedAndCounted_AndItsSenderStartsAfresh()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        await using var redis = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(cluster.Redis!.Address);
        var cipher = new HandoverCipher(TestCluster.Key);
        var token = EmotionStream.Sessions.Secrets.NewToken();
        // Of the right key, and with a session's name; its faces are told in another way.
        var state = MessagePack.MessagePackSerializer.Serialize(new Dictionary<string, object> { ["Id"] = "of another version", ["Faces"] = "two" }, cancellationToken: TestContext.Current.CancellationToken);
        await redis.GetDatabase().HashSetAsync(NameOf(token), [new("owner", "S127.0.0.1:1@1"), new("state", cipher.Encrypt(NameOf(token), state))]);
        using var refused = new CountedRefusals(cluster[1].Service<System.Diagnostics.Metrics.IMeterFactory>());

        await using var camera = await cluster[1].ConnectAsync();
        var started = await camera.StartAsync(token);

        Assert.False(started.Resumed);
        Assert.NotEqual(token, started.ResumeToken);
        Assert.Equal(1, refused.Count);
    }

    [Fact]
    public async Task WhatWasAltered_OrIsOfAnotherKey_IsRefused()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        await using var first = await cluster[0].ConnectAsync();
        var started = await first.StartAsync();
        await using var redis = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(cluster.Redis!.Address);
        var name = NameOf(started.ResumeToken);
        var state = (byte[])(await redis.GetDatabase().HashGetAsync(name, "state"))!;
        state[^1] ^= 1;

        // Its owner would write it again within a second.
        first.Vanish();
        await TestTimeouts.UntilAsync(
            () =>
            {
                foreach (var session in cluster[0].Service<EmotionStream.Sessions.SessionRegistry>().All)
                {
                    cluster[0].Service<EmotionStream.Sessions.SessionRegistry>().LetGo(session);
                }

                return cluster[0].Service<EmotionStream.Sessions.SessionRegistry>().Count == 0;
            },
            "the session forgotten");
        await redis.GetDatabase().HashSetAsync(name, "state", state);
        await using var second = await cluster[1].ConnectAsync();
        var begun = await second.StartAsync(started.ResumeToken);

        Assert.False(begun.Resumed);
        Assert.NotEqual(started.SessionId, begun.SessionId);
    }

    private static async Task<string> ReadyAsync(TestServer server)
    {
        using var http = server.CreateHttpClient();
        return await http.GetStringAsync("/readyz", TestContext.Current.CancellationToken);
    }

    /// <summary>Once it has been left for others, the session is taken up on another server.</summary>
    private static async Task GoesOnAsync(TestServer elsewhere, StackExchange.Redis.ConnectionMultiplexer redis, string resumeToken)
    {
        await TestTimeouts.UntilAsync(() => redis.GetDatabase().HashExistsAsync(NameOf(resumeToken), "state"), "the session left for others");
        await using var back = await elsewhere.ConnectAsync();
        Assert.True((await back.StartAsync(resumeToken)).Resumed);
    }

    private static string NameOf(string resumeToken) => $"tests:session:{EmotionStream.Sessions.Secrets.Hash(resumeToken)}";

    private static StartRequest InRoom(string name, string? resumeToken = null) => new(Purpose.Personal, Consent: true, "blue", name, resumeToken);

    /// <summary>Counts what one server has refused of what others left.</summary>
    private sealed class CountedRefusals : IDisposable
    {
        private readonly System.Diagnostics.Metrics.MeterListener _listener = new();
        private long _count;

        public CountedRefusals(System.Diagnostics.Metrics.IMeterFactory meters)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "emotionstream.handovers.refused" && instrument.Meter.Scope == meters)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, more, _, _) => Interlocked.Add(ref _count, more));
            _listener.Start();
        }

        public long Count => Interlocked.Read(ref _count);

        public void Dispose() => _listener.Dispose();
    }
}
