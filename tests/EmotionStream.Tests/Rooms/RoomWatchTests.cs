using System.Threading.Channels;
using EmotionStream.Contracts;
using EmotionStream.Rooms;
using EmotionStream.Sessions;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Tests.Rooms;

/// <summary>Watching a room over real sockets.</summary>
public class RoomWatchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("json", 1)]
    [InlineData("json", 2)]
    [InlineData("messagepack", 1)]
    [InlineData("messagepack", 2)]
    public async Task Watch_ShowsWhoIsThere_TheirNewestReadingAndTheMood(string protocol, int servers)
    {
        await using var cluster = await TestCluster.StartAsync(servers);
        await using var source = await cluster[0].ConnectAsync(protocol);
        var started = await StartAsync(source, "blue", "Ann <b>", wantHeatmap: true);
        await using var viewer = await cluster[1].ConnectToRoomsAsync(protocol);
        var updates = await WatchAsync(viewer, "blue", rateHz: 30);

        var before = await updates.UntilAsync(update => update.People.Count == 1);
        await source.SubmitAsync(1, TestPictures.Face("happy"));
        await source.NextAsync<Measured>();
        var after = await updates.UntilAsync(update => update.People is [{ Faces.Count: 1 }]);

        Assert.Equal(("blue", 0, null), (before.Room, before.Mood.People, before.People[0].At));
        var person = after.People[0];
        Assert.Equal((started.SessionId, "Ann <b>"), (person.Id, person.Name));
        Assert.Equal("happy", person.Faces[0].Dominant);
        Assert.Null(person.Faces[0].Heatmap);
        Assert.Equal(after.At - person.At!.Value, person.AgeMs!.Value, 1);
        Assert.InRange(after.At - DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), -60_000, 60_000);
        Assert.Equal((1, 1), (after.Mood.People, after.Mood.Positive));
        Assert.Equal(person.Faces[0].Emotions[1], after.Mood.Emotions[1], 1e-4f);
    }

    [Theory]
    [InlineData("json", 1)]
    [InlineData("json", 2)]
    [InlineData("messagepack", 1)]
    [InlineData("messagepack", 2)]
    public async Task Badge_TellsTheOthersTheExpressionAndNothingElse(string protocol, int servers)
    {
        await using var cluster = await TestCluster.StartAsync(servers);
        await using var source = await cluster[0].ConnectAsync(protocol);
        await using var viewer = await cluster[1].ConnectToRoomsAsync(protocol);
        await StartAsync(source, "blue", "Ann", share: Share.Badge);
        var updates = await WatchAsync(viewer, "blue", rateHz: 30);

        await source.SubmitAsync(1, TestPictures.Face("happy"));
        var own = await source.NextAsync<Measured>();
        var seen = await updates.UntilAsync(update => update.People is [{ At: not null }]);

        Assert.Single(own.Faces);
        var person = seen.People[0];
        Assert.Equal(("Ann", Share.Badge, "happy"), (person.Name, person.Share, person.Dominant));
        Assert.Empty(person.Faces);
        Assert.Equal(0, seen.Mood.People);
        Assert.All(seen.Mood.Emotions, share => Assert.Equal(0, share));
    }

    [Fact]
    public async Task Nothing_KeepsThePersonOutOfTheRoom_AndMayBeChosenAtAnyTime()
    {
        await using var server = await TestServer.StartAsync();
        await using var source = await server.ConnectAsync();
        await using var viewer = await server.ConnectToRoomsAsync();
        var started = await StartAsync(source, "blue", share: Share.Nothing);
        await source.SubmitAsync(1, TestPictures.Face("happy"));
        Assert.Single((await source.NextAsync<Measured>()).Faces);
        Assert.Empty((await (await WatchAsync(viewer, "blue", rateHz: 1)).UntilAsync(_ => true)).People);

        var updates = await WatchAsync(viewer, "blue", rateHz: 1);
        await StartAsync(source, "blue", resumeToken: started.ResumeToken);
        await source.SubmitAsync(2, TestPictures.Face("happy"));
        Assert.Equal(started.SessionId, (await updates.UntilAsync(update => update.People is [{ Faces.Count: 1 }])).People[0].Id);
        await StartAsync(source, "blue", resumeToken: started.ResumeToken, share: Share.Badge);
        Assert.Empty((await (await WatchAsync(viewer, "blue", rateHz: 1)).UntilAsync(_ => true)).People[0].Faces);
        await StartAsync(source, "blue", resumeToken: started.ResumeToken, share: Share.Nothing);
        await source.SubmitAsync(3, TestPictures.Face("happy"));

        Assert.Empty((await (await WatchAsync(viewer, "blue", rateHz: 1)).UntilAsync(_ => true)).People);
        await updates.UntilAsync(update => update.People.Count == 0);
    }

    [Fact]
    public async Task Viewer_WithAViewersToken_CantSendFrames()
    {
        await using var server = await TestServer.StartAsync("--Rooms:OperatorKey=a-long-key-of-the-operators-own-making");
        await using var viewer = await server.ConnectAsync();
        var token = server.Service<RoomTokens>().Sign(new RoomPass("blue", RoomRole.Viewer, DateTimeOffset.UtcNow.AddMinutes(5)));

        var refusal = await Assert.ThrowsAsync<HubException>(() =>
            viewer.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, "blue", Token: token)));
        await viewer.SubmitAsync(1, TestPictures.Face("happy"));

        Assert.Contains("token_wrong_role: ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(RejectionReason.NotStarted, (await viewer.NextAsync<Rejected>()).Reason);
        Assert.Equal((0, 0), (server.Service<SessionRegistry>().Count, server.Service<RoomRegistry>().Count));
    }

    [Fact]
    public async Task Stop_TakesThePersonOutAtOnce_AndTheLastOneOutClosesTheRoom()
    {
        await using var server = await TestServer.StartAsync();
        await using var source = await server.ConnectAsync();
        await using var viewer = await server.ConnectToRoomsAsync();
        await StartAsync(source, "blue");
        await (await WatchAsync(viewer, "blue", rateHz: 1)).UntilAsync(update => update.People.Count == 1);

        await source.InvokeAsync<object>("Stop");
        var first = await (await WatchAsync(viewer, "blue", rateHz: 1)).UntilAsync(_ => true);

        Assert.Empty(first.People);
        Assert.Equal(1, server.Service<RoomRegistry>().Count);
        viewer.Vanish();
        await TestTimeouts.UntilAsync(() => server.Service<RoomRegistry>().Count == 0, "the empty room gone");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task LostSource_GoesOutOfSight_AndComesBackWithItsSession(int servers)
    {
        await using var cluster = await TestCluster.StartAsync(servers, "--Rooms:HideLostAfter=00:00:00");
        var source = await cluster[0].ConnectAsync();
        await using var viewer = await cluster[0].ConnectToRoomsAsync();
        var started = await StartAsync(source, "blue");
        var updates = await WatchAsync(viewer, "blue", rateHz: 30);
        await updates.UntilAsync(update => update.People.Count == 1);

        await source.DisposeAsync();
        await updates.UntilAsync(update => update.People.Count == 0);
        await using var back = await cluster[1].ConnectAsync();
        await StartAsync(back, "blue", "Ann", started.ResumeToken);
        var found = await updates.UntilAsync(update => update.People.Count == 1);

        Assert.Equal((started.SessionId, "Ann"), (found.People[0].Id, found.People[0].Name));
    }

    [Fact]
    public async Task Resume_IntoAnotherRoom_LeavesTheFirst()
    {
        await using var server = await TestServer.StartAsync();
        await using var source = await server.ConnectAsync();
        await using var viewer = await server.ConnectToRoomsAsync();
        var started = await StartAsync(source, "blue");

        await StartAsync(source, "green", resumeToken: started.ResumeToken);

        Assert.Empty((await (await WatchAsync(viewer, "blue")).UntilAsync(_ => true)).People);
        Assert.Single((await (await WatchAsync(viewer, "green")).UntilAsync(_ => true)).People);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Start_IntoAFullRoom_IsRefused_AndLeavesNoSession(int servers)
    {
        await using var cluster = await TestCluster.StartAsync(servers, "--Rooms:MaxPeople=1");
        await using var first = await cluster[0].ConnectAsync();
        await using var second = await cluster[1].ConnectAsync();
        await StartAsync(first, "blue");

        var refusal = await Assert.ThrowsAsync<HubException>(() => StartAsync(second, "blue"));
        await second.SubmitAsync(1, TestPictures.Empty());

        Assert.Contains("room_full: ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(RejectionReason.NotStarted, (await second.NextAsync<Rejected>()).Reason);
        Assert.Equal(servers == 1 ? 1 : 0, cluster[1].Service<SessionRegistry>().Count);
    }

    [Fact]
    public async Task ViewersThatNeverRead_HoldNobodyUp_AndLeaveNothingBehind()
    {
        await using var server = await TestServer.StartAsync("--Rooms:MaxWatchesPerConnection=100");
        await using var source = await server.ConnectAsync();
        await StartAsync(source, "blue");
        await using var deaf = await server.ConnectToRoomsAsync("json", reads: false);
        for (var i = 0; i < 100; i++)
        {
            await WatchAsync(deaf, "blue", rateHz: 30);
        }

        await using var viewer = await server.ConnectToRoomsAsync();
        var updates = await WatchAsync(viewer, "blue", rateHz: 30);
        for (var sequence = 1; sequence <= 100; sequence++)
        {
            await source.SubmitAsync(sequence, TestPictures.Face("happy"));
            Assert.Equal(sequence, (await source.NextAsync<Measured>()).Sequence);
        }

        await updates.UntilAsync(update => update.People is [{ AgeMs: < 2000, Faces: [{ Age: > 3 }] }]);
        await source.InvokeAsync<object>("Stop");
        deaf.Vanish();
        viewer.Vanish();
        await TestTimeouts.UntilAsync(() => server.Service<RoomRegistry>().Count == 0, "every viewer out of the room");
    }

    [Theory]
    [InlineData(null, 5.0, "bad_room")]
    [InlineData(" ", 5.0, "bad_room")]
    [InlineData("a\u0007", 5.0, "bad_room")]
    [InlineData("blue", 0.5, "bad_rate")]
    [InlineData("blue", 31.0, "bad_rate")]
    [InlineData("blue", double.NaN, "bad_rate")]
    public async Task Watch_OfNonsense_IsRefused(string? room, double rateHz, string code)
    {
        await using var server = await TestServer.StartAsync();
        await using var viewer = await server.ConnectToRoomsAsync();

        Assert.Contains(code + ": ", await RefusalAsync(await WatchAsync(viewer, room, rateHz)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_MoreOftenThanAllowed_IsRefused_AndTheOthersGoOn()
    {
        await using var server = await TestServer.StartAsync("--Rooms:MaxWatchesPerConnection=1");
        await using var viewer = await server.ConnectToRoomsAsync();
        var first = await WatchAsync(viewer, "blue", rateHz: 30);
        await first.UntilAsync(_ => true);

        Assert.Contains("too_many_watches: ", await RefusalAsync(await WatchAsync(viewer, "green")), StringComparison.Ordinal);
        await first.UntilAsync(_ => true);
    }

    private static Task<Started> StartAsync(
        HubTestClient source, string room, string? name = null, string? resumeToken = null, bool wantHeatmap = false, Share share = Share.Full) =>
        source.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, room, name, resumeToken, wantHeatmap, Share: share));

    private static Task<ChannelReader<object>> WatchAsync(HubTestClient viewer, string? room, double rateHz = 5) =>
        viewer.StreamAsync<RoomUpdate>("Watch", new WatchRequest(room, rateHz));

    private static async Task<string> RefusalAsync(ChannelReader<object> updates) =>
        (await Assert.ThrowsAsync<HubException>(() => updates.Completion.WaitAsync(TestTimeouts.Default, Cancellation))).Message;
}
