using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Sessions;
using EmotionStream.Tests.Kit;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>When the server says no, or nothing at all, the page says why in words that help.</summary>
public class RefusalTests(Browsers browsers) : LiveTest(browsers)
{
    [Theory]
    [InlineData("workplace")]
    [InlineData("education")]
    public async Task Start_ForAProhibitedPurpose_IsRefusedWithTheReason(string purpose)
    {
        var server = await StartServerAsync();
        var live = await OpenAsync(server.Address);
        await live.AgreeAsync(purpose);

        await live.Camera.ClickAsync();

        await Expect(live.Error).ToContainTextAsync("does not accept that purpose");
        await live.ExpectStateAsync("stopped");
        Assert.Equal(["ended"], await new CameraSpy(live.Page).TrackStatesAsync());
        Assert.Equal(0, server.Figure(ServerFigures.FramesReceived));
    }

    [Fact]
    public async Task Start_ForAPurposeThatTheOperatorAllows_Runs()
    {
        var server = await StartServerAsync("--Sessions:AllowWorkplaceAndEducation=true");
        var live = await OpenAsync(server.Address);
        await live.AgreeAsync("workplace");

        await live.Demo.ClickAsync();

        await live.FaceIdAsync();
    }

    [Fact]
    public async Task Start_OnAFullServer_SaysSoAndWorksOnceThereIsRoom()
    {
        var server = await StartServerAsync("--Sessions:MaxSessions=1");
        var first = await OpenAsync(server.Address);
        await first.AgreeAsync();
        await first.Demo.ClickAsync();
        await first.ExpectStateAsync("running");
        var second = await OpenAsync(server.Address);
        await second.AgreeAsync();

        await second.Demo.ClickAsync();
        await Expect(second.Error).ToContainTextAsync("as many sessions as it can");
        await first.Stop.ClickAsync();
        await server.NoSessionAsync();
        await second.Start.ClickAsync();

        await second.ExpectStateAsync("running");
        await Expect(second.Error).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Start_OnAFullServerOfACluster_GoesOnOnAnotherOne()
    {
        using var redis = RedisServer.Start();
        var elsewhere = $"http://127.0.0.1:{RedisServer.FreePort()}";
        await using var other = await TestServer.StartAsync([.. TestCluster.Settings(redis), $"--urls={elsewhere}", $"--Cluster:PublicAddress={elsewhere}"]);
        await using var full = await TestServer.StartAsync([.. TestCluster.Settings(redis), "--Cluster:FullAnswer=00:00:01", $"--Edge:Servers:0={elsewhere}"]);
        using var http = full.CreateHttpClient();
        await TestTimeouts.UntilAsync(
            async () =>
            {
                TestCluster.Fill(full);
                return await (await http.GetAsync(new Uri("readyz", UriKind.Relative))).Content.ReadAsStringAsync() == "full";
            },
            "the server is full and knows of one that is not");
        var live = await OpenAsync(full.Address);
        await live.AgreeAsync();
        TestCluster.Fill(full);

        await live.Demo.ClickAsync();

        await live.ExpectStateAsync("running");
        await live.FaceIdAsync();
        Assert.Equal((0, 1), (full.Service<SessionRegistry>().Count, other.Service<SessionRegistry>().Count));
    }

    [Fact]
    public async Task Start_WithoutAServer_SaysThatItCantBeReached()
    {
        var (server, live) = await OpenAgreedAsync();
        await server.StopAsync();

        await live.Camera.ClickAsync();

        await Expect(live.Error).ToContainTextAsync("can't be reached");
        await live.ExpectStateAsync("stopped");
        await Expect(live.Start).ToBeEnabledAsync();
        Assert.Equal(["ended"], await new CameraSpy(live.Page).TrackStatesAsync());
    }
}
