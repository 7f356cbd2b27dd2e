using System.Net;
using System.Net.WebSockets;
using System.Threading.Channels;
using EmotionStream.Contracts;
using EmotionStream.Rooms;
using EmotionStream.Sessions;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Rooms;

/// <summary>Joining a room's call and signaling in it, over real sockets.</summary>
public class RoomCallTests
{
    private const string Cut = "the connection was cut";

    [Theory]
    [InlineData("json", 1)]
    [InlineData("json", 2)]
    [InlineData("messagepack", 1)]
    [InlineData("messagepack", 2)]
    public async Task Participants_FindEachOther_SignalInOrder_AndAreMissed(string protocol, int servers)
    {
        await using var cluster = await TestCluster.StartAsync(servers, "--Rooms:ResumeWithin=00:00:00");
        await using var ann = await cluster[0].ConnectToRoomsAsync(protocol);
        var ben = await cluster[1].ConnectToRoomsAsync(protocol);

        var annJoined = await JoinAsync(ann, "blue", "Ann");
        var benJoined = await JoinAsync(ben, "blue", "Ben");
        for (var i = 0; i < 20; i++)
        {
            await ben.InvokeAsync<object>("Signal", annJoined.Id, $"{{\"n\":{i}}}");
        }

        Assert.Empty(annJoined.Others);
        Assert.Equal([new Participant(annJoined.Id, "Ann")], benJoined.Others);
        Assert.Equal(new Participant(benJoined.Id, "Ben"), await ann.NextAsync<Participant>());
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal([benJoined.Id, $"{{\"n\":{i}}}"], await ann.NextAsync<object?[]>());
        }

        await ben.DisposeAsync();
        Assert.Equal(benJoined.Id, await ann.NextAsync<string>());
        await ann.InvokeAsync<object>("Leave");
        Assert.Equal(0, cluster[0].Service<RoomRegistry>().Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task LostParticipant_BackInTime_FindsItsPlace_AndTheOthersNoticeNothing(int servers)
    {
        await using var cluster = await TestCluster.StartAsync(servers);
        await using var ann = await cluster[0].ConnectToRoomsAsync();
        await using var ben = await cluster[0].ConnectToRoomsAsync();
        var annJoined = await JoinAsync(ann, "blue", "Ann");
        var benJoined = await JoinAsync(ben, "blue", "Ben");
        await ann.NextAsync<Participant>();

        ben.Vanish();
        await ben.Answers.Completion;
        await using var back = await cluster[1].ConnectToRoomsAsync();
        var rejoined = await JoinAsync(back, "blue", "Ben", benJoined.ResumeToken);
        await ann.InvokeAsync<object>("Signal", benJoined.Id, "are you there?");
        await back.InvokeAsync<object>("Signal", annJoined.Id, "I am");

        Assert.Equal((benJoined.Id, true), (rejoined.Id, rejoined.Resumed));
        Assert.Equal([new Participant(annJoined.Id, "Ann")], rejoined.Others);
        Assert.Equal([annJoined.Id, "are you there?"], await back.NextAsync<object?[]>());
        Assert.Equal([benJoined.Id, "I am"], await ann.NextAsync<object?[]>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task LostParticipant_BackTooLate_IsMissed_AndComesAsSomebodyNew(int servers)
    {
        await using var cluster = await TestCluster.StartAsync(servers, "--Rooms:ResumeWithin=00:00:00");
        await using var ann = await cluster[0].ConnectToRoomsAsync();
        await using var ben = await cluster[1].ConnectToRoomsAsync();
        await JoinAsync(ann, "blue", "Ann");
        var benJoined = await JoinAsync(ben, "blue", "Ben");
        await ann.NextAsync<Participant>();

        ben.Vanish();
        Assert.Equal(benJoined.Id, await ann.NextAsync<string>());
        await using var back = await cluster[0].ConnectToRoomsAsync();
        var rejoined = await JoinAsync(back, "blue", "Ben", benJoined.ResumeToken);

        Assert.False(rejoined.Resumed);
        Assert.NotEqual(benJoined.Id, rejoined.Id);
        Assert.Equal(new Participant(rejoined.Id, "Ben"), await ann.NextAsync<Participant>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Participant_WhoTakesItsPlaceToAnotherConnection_IsNotInTheCallOnTheFirst(int servers)
    {
        await using var cluster = await TestCluster.StartAsync(servers);
        await using var first = await cluster[0].ConnectToRoomsAsync();
        await using var second = await cluster[1].ConnectToRoomsAsync();
        var joined = await JoinAsync(first, "blue");

        await JoinAsync(second, "blue", resumeToken: joined.ResumeToken);

        await first.Answers.Completion.WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);
        await second.InvokeAsync<object>("Signal", joined.Id, "to myself");
        Assert.Equal([joined.Id, "to myself"], await second.NextAsync<object?[]>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Goodbye_OfAPageThatIsClosed_EndsItsSessionAndItsPlaceInTheCall(int servers)
    {
        await using var cluster = await TestCluster.StartAsync(servers);
        await using var ann = await cluster[0].ConnectToRoomsAsync();
        await using var ben = await cluster[1].ConnectToRoomsAsync();
        await using var camera = await cluster[1].ConnectAsync();
        await JoinAsync(ann, "blue");
        var place = await JoinAsync(ben, "blue");
        var session = await camera.StartAsync();
        await ann.NextAsync<Participant>();

        await SayGoodbyeAsync(cluster[0], "");
        await SayGoodbyeAsync(cluster[0], new string('x', 100_000));
        await SayGoodbyeAsync(cluster[0], place.ResumeToken + "x");
        Assert.Equal(1, cluster[1].Service<SessionRegistry>().Count);
        await SayGoodbyeAsync(cluster[0], session.ResumeToken);
        await SayGoodbyeAsync(cluster[0], place.ResumeToken);

        Assert.Equal(place.Id, await ann.NextAsync<string>());
        await TestTimeouts.UntilAsync(() => cluster[1].Service<SessionRegistry>().Count == 0, "the session ended");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task SeventhParticipant_IsRefused_AndMayComeOnceThereIsRoom(int servers)
    {
        await using var cluster = await TestCluster.StartAsync(servers);
        var clients = await Task.WhenAll(Enumerable.Range(0, 7).Select(i => cluster[i].ConnectToRoomsAsync()));
        foreach (var client in clients[..6])
        {
            await JoinAsync(client, "blue");
        }

        Assert.StartsWith("room_full", await RefusalAsync(clients[6], "Join", new JoinRequest("blue")), StringComparison.Ordinal);
        await clients[0].InvokeAsync<object>("Leave");
        JoinedRoom? seventh = null;
        await TestTimeouts.UntilAsync(
            async () =>
            {
                try
                {
                    seventh = await JoinAsync(clients[6], "blue");
                }
                catch (HubException)
                {
                    // Another server learns a moment later that somebody has left.
                }

                return seventh is not null;
            },
            "room for the seventh");
        Assert.Equal(5, seventh!.Others.Count);

        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task Participant_WithASourcesToken_WatchesItsOwnRoomForAsLongAsItStays()
    {
        await using var server = await TestServer.StartAsync("--Rooms:OperatorKey=a-long-key-of-the-operators-own-making");
        await using var ann = await server.ConnectToRoomsAsync();
        var token = server.Service<RoomTokens>().Sign(new RoomPass("blue", RoomRole.Source, DateTimeOffset.UtcNow.AddMinutes(5)));
        var watch = new WatchRequest("blue", RateHz: 30, token);

        Assert.Contains("token_wrong_role: ", await EndAsync(await ann.StreamAsync<RoomUpdate>("Watch", watch)), StringComparison.Ordinal);
        await ann.InvokeAsync<JoinedRoom>("Join", new JoinRequest("blue", Token: token));
        var updates = await ann.StreamAsync<RoomUpdate>("Watch", watch);
        await updates.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);
        await ann.InvokeAsync<object>("Leave");

        Assert.Equal("", await EndAsync(updates));
        Assert.Contains("token_wrong_role: ", await EndAsync(await ann.StreamAsync<RoomUpdate>("Watch", watch)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Join_TellsTheOperatorsIceServers_AndAWrongOneStopsTheServerFromStarting()
    {
        await using var server = await TestServer.StartAsync(
            "--Rooms:IceServers:0:Urls=stun:stun.example.org", "--Rooms:IceServers:1:Urls=turn:turn.example.org", "--Rooms:IceServers:1:Username=us",
            "--Rooms:IceServers:1:Credential=secret");
        await using var ann = await server.ConnectToRoomsAsync();

        var joined = await JoinAsync(ann, "blue");

        Assert.Equal([new IceServer("stun:stun.example.org"), new IceServer("turn:turn.example.org", "us", "secret")], joined.IceServers);
        await Assert.ThrowsAsync<OptionsValidationException>(() => TestServer.StartAsync("--Rooms:IceServers:0:Urls=https://stun.example.org"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Signal_ThatCantBeDelivered_IsRefusedWithAReason(int servers)
    {
        await using var cluster = await TestCluster.StartAsync(servers);
        await using var ann = await cluster[0].ConnectToRoomsAsync();
        await using var stranger = await cluster[1].ConnectToRoomsAsync();
        var elsewhere = await JoinAsync(stranger, "green");

        Assert.StartsWith("not_joined", await RefusalAsync(ann, "Signal", elsewhere.Id, "hello"), StringComparison.Ordinal);
        var joined = await JoinAsync(ann, "blue");
        Assert.StartsWith("unknown_participant", await RefusalAsync(ann, "Signal", elsewhere.Id, "hello"), StringComparison.Ordinal);
        Assert.StartsWith("bad_signal", await RefusalAsync(ann, "Signal", joined.Id, new string('x', 16 * 1024 + 1)), StringComparison.Ordinal);
        Assert.StartsWith("bad_name", await RefusalAsync(ann, "Join", new JoinRequest("blue", new string('x', 10_000))), StringComparison.Ordinal);
        Assert.StartsWith("bad_room", await RefusalAsync(ann, "Join", new JoinRequest(null)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignalFlood_IsRateLimited_ThenCutOff_AndOthersAreUndisturbed()
    {
        await using var server = await TestServer.StartAsync("--Rooms:MaxCallsPerSecond=2", "--Rooms:ResumeWithin=00:00:00");
        await using var victim = await server.ConnectToRoomsAsync();
        await using var flooder = await server.ConnectToRoomsAsync();
        await using var friend = await server.ConnectToRoomsAsync();
        var target = await JoinAsync(victim, "blue");
        var flooderJoined = await JoinAsync(flooder, "blue");
        await JoinAsync(friend, "blue");

        var refusals = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => TrySignalAsync(flooder, target.Id)));
        await friend.InvokeAsync<object>("Signal", target.Id, "hello");

        await victim.NextAsync(count: 2); // the two who joined after it
        List<object> messages = [];
        while (messages is not [.., object?[] and [_, "hello"]])
        {
            messages.Add(await victim.NextAsync());
        }

        // A burst of four less the join, and two a second for as long as the flood took.
        Assert.InRange(messages.Count(message => message is object?[] and [_, "flood"]), 3, 100);
        Assert.InRange(refusals.Count(refusal => refusal?.Contains("rate_limited: ", StringComparison.Ordinal) == true), 1, 100);
        Assert.InRange(refusals.Count(refusal => refusal == Cut), 300, 496);
        if (!messages.Contains(flooderJoined.Id))
        {
            Assert.Equal(flooderJoined.Id, await victim.NextAsync<string>());
        }
    }

    [Fact]
    public async Task FiveHundredJoins_LeaveNoRoomBehind()
    {
        await using var server = await TestServer.StartAsync("--Rooms:MaxCallsPerSecond=1000", "--Rooms:ResumeWithin=00:00:00");
        var clients = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => server.ConnectToRoomsAsync()));

        await Task.WhenAll(clients.Select(async client =>
        {
            for (var i = 0; i < 100; i++)
            {
                await JoinAsync(client, $"room {i % 7}", "Ann");
            }
        }));

        Assert.InRange(server.Service<RoomRegistry>().Count, 1, 5);
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        await TestTimeouts.UntilAsync(() => server.Service<RoomRegistry>().Count == 0, "every room gone");
    }

    private static Task<JoinedRoom> JoinAsync(HubTestClient client, string room, string? name = null, string? resumeToken = null) =>
        client.InvokeAsync<JoinedRoom>("Join", new JoinRequest(room, name, ResumeToken: resumeToken));

    private static async Task SayGoodbyeAsync(TestServer server, string token)
    {
        using var http = server.CreateHttpClient();
        using var reply = await http.PostAsync("/api/v1/goodbye", new StringContent(token), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
    }

    /// <summary>The error with which a stream ends; empty if it ends without.</summary>
    private static async Task<string> EndAsync(ChannelReader<object> updates)
    {
        try
        {
            await foreach (var _ in updates.ReadAllAsync(TestContext.Current.CancellationToken))
            {
            }

            return "";
        }
        catch (HubException refusal)
        {
            return refusal.Message;
        }
    }

    private static async Task<string?> TrySignalAsync(HubTestClient client, string to)
    {
        try
        {
            await client.InvokeAsync<object>("Signal", to, "flood");
            return null;
        }
        catch (HubException refusal)
        {
            return refusal.Message;
        }
        catch (Exception lost) when (lost is IOException or WebSocketException or ObjectDisposedException or OperationCanceledException or TimeoutException)
        {
            return Cut;
        }
    }

    private static async Task<string> RefusalAsync(HubTestClient client, string method, params object?[] arguments)
    {
        var message = (await Assert.ThrowsAsync<HubException>(() => client.InvokeAsync<object>(method, arguments))).Message;
        return message[(message.IndexOf("HubException: ", StringComparison.Ordinal) + "HubException: ".Length)..];
    }
}
