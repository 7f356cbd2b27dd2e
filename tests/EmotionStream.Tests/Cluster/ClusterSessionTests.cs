using EmotionStream.Contracts;
using EmotionStream.Sessions;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Cluster;

/// <summary>Sessions that go from one server to another.</summary>
public class ClusterSessionTests
{
    [Fact]
    public async Task Session_GoesOnOnAnotherServer_WithItsFacesAndWhatTheModelRemembers()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        await using var before = await cluster[0].ConnectAsync();
        var started = await before.StartAsync();
        await using var unmoved = await cluster[0].ConnectAsync();
        await unmoved.StartAsync();
        for (var i = 1; i <= 12; i++)
        {
            await before.SubmitAsync(i, TestPictures.Face("happy"), i * 100);
            await unmoved.SubmitAsync(i, TestPictures.Face("happy"), i * 100);
            await before.NextAsync<Measured>();
            await unmoved.NextAsync<Measured>();
        }

        cluster[0].Service<SessionRegistry>().Find(started.ResumeToken)!.TakeSnapshot();
        await cluster[0].Service<SessionRegistry>().LeaveForOthersAsync();
        before.Vanish();
        await using var after = await cluster[1].ConnectAsync();
        var resumed = await after.StartAsync(started.ResumeToken);
        await after.SubmitAsync(13, TestPictures.Face("neutral"), 1300);
        await unmoved.SubmitAsync(13, TestPictures.Face("neutral"), 1300);
        var moved = await after.NextAsync<Measured>();
        var stayed = await unmoved.NextAsync<Measured>();

        Assert.True(resumed.Resumed);
        Assert.Equal(started.SessionId, resumed.SessionId);
        Assert.Equal(stayed.Faces[0].Id, moved.Faces[0].Id);
        Assert.True(moved.Faces[0].Age > 1);
        Assert.Equal(stayed.Faces[0].Dominant, moved.Faces[0].Dominant);
        await TestTimeouts.UntilAsync(() => cluster[0].Service<SessionRegistry>().Find(started.ResumeToken) is null, "the first server let go");
    }

    [Fact]
    public async Task Token_IsGoodForOneLivingSession_AndForNoneOnceItHasEnded()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        await using var first = await cluster[0].ConnectAsync();
        var started = await first.StartAsync();
        await cluster[0].Service<SessionRegistry>().LeaveForOthersAsync();

        await using var second = await cluster[1].ConnectAsync();
        Assert.True((await second.StartAsync(started.ResumeToken)).Resumed);
        await first.Ended.WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);
        await second.InvokeAsync<object>("Stop");

        await using var third = await cluster[0].ConnectAsync();
        Assert.False((await third.StartAsync(started.ResumeToken)).Resumed);
        await using var stranger = await cluster[1].ConnectAsync();
        Assert.False((await stranger.StartAsync(Secrets.NewToken())).Resumed);
    }
}
