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

        var annJoined = await ann.JoinAsync("blue", "Ann");
        var benJoined = await ben.JoinAsync("blue", "Ben");
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
        var annJoined = await ann.JoinAsync("blue", "Ann");
        var benJoined = await ben.JoinAsync("blue", "Ben");
        await ann.NextAsync<Participant>();

        ben.Vanish();
        await ben.Answers.Completion;
        await using var back = await cluster[1].ConnectToRoomsAsync();
        var rejoined = await back.JoinAsync("blue", "Ben", benJoined.ResumeToken);
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
        await ann.JoinAsync("blue", "Ann");
        var benJoined = await ben.JoinAsync("blue", "Ben");
        await ann.NextAsync<Participant>();

        ben.Vanish();
        Assert.Equal(benJoined.Id, await ann.NextAsync<string>());
        await using var back = await cluster[0].ConnectToRoomsAsync();
        var rejoined = await back.JoinAsync("blue", "Ben", benJoined.ResumeToken);

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
        var joined = await first.JoinAsync("blue");

        await second.JoinAsync("blue", resumeToken: joined.ResumeToken);

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
        await ann.JoinAsync("blue");
        var place = await ben.JoinAsync("blue");
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

        var joined = await ann.JoinAsync("blue");

        Assert.Equal([new IceServer("stun:stun.example.org"), new IceServer("turn:turn.example.org", "us", "secret")], joined.IceServers);
        await Assert.ThrowsAsync<OptionsValidationException>(() => TestServer.StartAsync("--Rooms:IceServers:0:Urls=https://stun.example.org"));
    }

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
}
