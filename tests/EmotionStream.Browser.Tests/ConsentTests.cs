using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Tests.Kit;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>Nothing is looked at before the person has agreed, nor after they have taken it back.</summary>
public class ConsentTests(Browsers browsers) : LiveTest(browsers)
{
    [Fact]
    public async Task Page_BeforeConsent_AsksForNoCameraAndSendsNoFrame()
    {
        var server = await StartServerAsync();
        var live = await OpenAsync(server.Address);
        var camera = new CameraSpy(live.Page);

        await Expect(live.Notice).ToBeVisibleAsync();
        await Expect(live.Camera).ToBeHiddenAsync();
        Assert.Equal(0, await camera.RequestsAsync());

        await live.AgreeAsync();
        await Expect(live.Camera).ToBeVisibleAsync();
        await Expect(live.Sign).ToBeHiddenAsync();
        Assert.Equal(0, await camera.RequestsAsync());
        Assert.Equal(0, server.Figure(ServerFigures.FramesReceived));

        // The same two figures move as soon as the person chooses the camera.
        await live.Camera.ClickAsync();
        await server.MeasureMoreAsync(1);
        Assert.Equal(1, await camera.RequestsAsync());
    }

    [Fact]
    public async Task Notice_HoldsTheOperatorsOwnWords_AsTextOnly()
    {
        var server = await StartServerAsync("--Consent:Notice=Camera 2 is for the choir <b>only</b>.");

        var live = await OpenAsync(server.Address);

        await Expect(live.Page.GetByTestId("notice-operator")).ToContainTextAsync("Camera 2 is for the choir <b>only</b>.");
    }

    [Fact]
    public async Task File_DroppedBeforeConsent_IsNotSent()
    {
        var server = await StartServerAsync();
        var live = await OpenAsync(server.Address);

        await live.DropAsync("happy.jpg", "image/jpeg", TestPictures.Face("happy"));

        await Expect(live.Error).ToContainTextAsync("agree first");
        Assert.Equal(0, server.Figure(ServerFigures.FramesReceived));
        Assert.Equal(0, server.Figure(ServerFigures.SessionsActive));
    }

    [Fact]
    public async Task Consent_TakenBack_EndsTheCameraAndTheSession()
    {
        var (server, live) = await OpenAgreedAsync();
        await live.Camera.ClickAsync();
        await server.MeasureMoreAsync(1);

        await live.Withdraw.ClickAsync();

        await Expect(live.Notice).ToBeVisibleAsync();
        await Expect(live.Sign).ToBeHiddenAsync();
        Assert.Equal(["ended"], await new CameraSpy(live.Page).TrackStatesAsync());
        await server.NoSessionAsync();
    }

    [Fact]
    public async Task Page_WhileRunning_TalksToItsOwnServerOnly()
    {
        var server = await StartServerAsync();
        var live = await OpenAsync(server.Address);
        List<string> asked = [];
        live.Page.Request += (_, request) => asked.Add(request.Url);
        live.Page.WebSocket += (_, socket) => asked.Add(socket.Url);

        await live.Page.ReloadAsync();
        await live.AgreeAsync();
        await live.Demo.ClickAsync();
        await server.MeasureMoreAsync(1);

        Assert.Contains(asked, url => url.EndsWith("/hubs/camera", StringComparison.Ordinal));
        Assert.All(asked, url => Assert.Equal(server.Address.Authority, new Uri(url).Authority));
    }
}
