using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Contracts;
using EmotionStream.Corrections;
using EmotionStream.Rooms;
using EmotionStream.Tests.Kit;
using Microsoft.Playwright;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>A call in a room: people see each other, and of each other's readings what each allows.</summary>
public class CallTests(Browsers browsers) : CallTest(browsers)
{
    [Fact]
    public async Task Call_OfThree_ShowsEverybodyToEverybodyWithTheirReadings()
    {
        var server = await StartServerAsync();
        var ann = await JoinAsync(server.Address, "Ann");
        var ben = await JoinAsync(server.Address, "Ben");
        var cem = await JoinAsync(server.Address, "Cem");

        foreach (var (call, others) in new[] { (ann, new[] { "Ben", "Cem" }), (ben, ["Ann", "Cem"]), (cem, ["Ann", "Ben"]) })
        {
            await Expect(call.Tiles).ToHaveCountAsync(3);
            foreach (var other in others)
            {
                await call.ExpectPicturesAsync(other);
                await Expect(call.Reading(other)).ToContainTextAsync("appears");
            }
        }

        await ann.ExpectOverlayAsync("Ben");
        await Expect(ann.Mood).ToContainTextAsync("The room mostly appears");
        await Expect(await OpenDashboardAsync(server)).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Page_BeforeConsent_OpensNothingAndIsNotInTheCall()
    {
        var server = await StartServerAsync("--Consent:Notice=The choir rehearses here.");
        var ann = await OpenCallAsync(server.Address);

        await Expect(ann.Notice).ToContainTextAsync("everybody who is in the room “team”");
        await Expect(ann.Notice).ToContainTextAsync("The choir rehearses here.");
        await ann.Name.FillAsync("Ann");
        await ann.Join.ClickAsync();
        await Expect(ann.Call).ToBeHiddenAsync();
        Assert.Equal(0, await ann.Camera.RequestsAsync());
        Assert.Equal(0, server.Figure(ServerFigures.SessionsActive));

        // The same two figures move as soon as the person has chosen.
        await ann.JoinAsync("Ann");
        await server.MeasureMoreAsync(1);
        Assert.Equal(1, await ann.Camera.RequestsAsync());
    }

    [Fact]
    public async Task Join_WithTheKeyboardAlone_Works()
    {
        var server = await StartServerAsync();
        var ann = await OpenCallAsync(server.Address);

        await Expect(ann.Name).ToBeVisibleAsync();
        await ann.Name.FocusAsync();
        await ann.Page.Keyboard.TypeAsync("Ann");
        foreach (var key in new[] { "Tab", "ArrowDown", "Tab", "Tab", "Enter" })
        {
            await ann.Page.Keyboard.PressAsync(key);
        }

        await Expect(ann.Call).ToBeVisibleAsync();
        await Expect(ann.Reading("Ann")).ToHaveTextAsync("appears happy");
        await Expect(ann.Sign).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Person_Decides_WhatTheOthersSee_AndMayChangeIt()
    {
        var server = await StartServerAsync();
        var ann = await JoinAsync(server.Address, "Ann", "off");
        var ben = await JoinAsync(server.Address, "Ben", "off");
        var dashboard = await OpenDashboardAsync(server);
        await ann.ExpectPicturesAsync("Ben");
        Assert.Equal(0, server.Figure(ServerFigures.FramesReceived));
        await Expect(ben.Sign).ToBeHiddenAsync();

        await ben.Share.SelectOptionAsync("badge");
        await Expect(ann.Reading("Ben")).ToHaveTextAsync("appears happy");
        await Expect(ann.Tile("Ben")).ToHaveAttributeAsync("data-overlay", "off");
        await Expect(dashboard.GetByRole(AriaRole.Button)).ToHaveTextAsync("Benappears happy");
        await Expect(dashboard.Locator(".bars")).ToBeHiddenAsync();

        await ben.Share.SelectOptionAsync("full");
        await ann.ExpectOverlayAsync("Ben");
        await Expect(ann.Reading("Ben")).ToContainTextAsync("%");
        await Expect(dashboard.Locator(".bars")).ToBeVisibleAsync();

        await ben.Share.SelectOptionAsync("nothing");
        await ann.ExpectNoReadingAsync("Ben");
        await Expect(dashboard).ToHaveCountAsync(0);
        await ben.ExpectOverlayAsync("Ben");
        await Expect(ben.Sign).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Stop_TakesThePersonOffEveryScreen_AndTheCallGoesOn()
    {
        var server = await StartServerAsync();
        var ann = await JoinAsync(server.Address, "Ann", "off");
        var ben = await JoinAsync(server.Address, "Ben");
        var dashboard = await OpenDashboardAsync(server);
        await ann.ExpectOverlayAsync("Ben");
        await Expect(dashboard).ToHaveCountAsync(1);

        await ben.Stop.ClickAsync();

        await Expect(ben.Sign).ToBeHiddenAsync();
        await ann.ExpectNoReadingAsync("Ben");
        await Expect(dashboard).ToHaveCountAsync(0);
        await server.NoSessionAsync();
        await ann.ExpectPicturesAsync("Ben");
    }

    [Fact]
    public async Task Microphone_Camera_AndLeaving_AreSeenByTheOthers()
    {
        var server = await StartServerAsync();
        var ann = await JoinAsync(server.Address, "Ann", "off");
        var ben = await JoinAsync(server.Address, "Ben");
        await ann.ExpectOverlayAsync("Ben");

        await ben.Microphone.ClickAsync();
        await Expect(ann.Tile("Ben")).ToContainTextAsync("muted");
        Assert.False(await ben.Page.EvaluateAsync<bool>("() => window.cameraSpy.tracks.find((track) => track.kind === 'audio').enabled"));
        await ben.Microphone.ClickAsync();
        await Expect(ann.Tile("Ben")).ToHaveAttributeAsync("data-microphone", "on");

        await ben.CameraButton.ClickAsync();
        await Expect(ann.Tile("Ben")).ToHaveAttributeAsync("data-camera", "off");
        await ann.ExpectNoReadingAsync("Ben");
        await server.NoSessionAsync();
        Assert.Contains("ended", await ben.Camera.TrackStatesAsync());
        await ben.CameraButton.ClickAsync();
        await ann.ExpectPicturesAsync("Ben");
        await ann.ExpectOverlayAsync("Ben");

        await ben.Leave.ClickAsync();
        await Expect(ann.Tiles).ToHaveCountAsync(1);
        await Expect(ben.Notice).ToBeVisibleAsync();
        Assert.All(await ben.Camera.TrackStatesAsync(), state => Assert.Equal("ended", state));
        await server.NoSessionAsync();

        await ben.Join.ClickAsync();
        await ann.ExpectPicturesAsync("Ben");
    }

    [Fact]
    public async Task OwnFace_CanBeCorrected_WithTheKeyboard_AndNobodyElses()
    {
        var server = await StartServerAsync($"--Storage:DataDirectory={TemporaryFolder()}");
        var ann = await JoinAsync(server.Address, "Ann");
        await JoinAsync(server.Address, "Ben");
        await ann.ExpectOverlayAsync("Ben");

        await Expect(ann.NotRight.And(ann.Page.Locator(":visible"))).ToHaveCountAsync(1);
        await Expect(ann.Tile("Ben").GetByTestId("not-right")).ToHaveCountAsync(0);
        await ann.Tile("Ann").GetByTestId("not-right").PressAsync("Enter");
        await Expect(ann.Correction).ToBeVisibleAsync();
        await ann.Page.Keyboard.PressAsync("Escape");
        await Expect(ann.Correction).ToBeHiddenAsync();
        await Expect(ann.NotRight).ToBeFocusedAsync();
        await ann.Page.Keyboard.PressAsync("Enter");
        var read = (await ann.Correction.GetByText("appears ").TextContentAsync())!["appears ".Length..];
        await ann.Correction.GetByRole(AriaRole.Button, new() { Name = "contemptuous" }).PressAsync("Enter");

        await Expect(ann.Correction.GetByRole(AriaRole.Status)).ToHaveTextAsync($"Thank you. Saved: contemptuous instead of {read}.");
        await Expect(ann.Correction.GetByRole(AriaRole.Button, new() { Name = "Close" })).ToBeFocusedAsync();
        var kept = Assert.Single(await KeptAsync(server));
        Assert.Equal("contempt", EmotionLabels.All[kept.Label]);
        await ann.Correction.GetByRole(AriaRole.Button, new() { Name = "Delete all my corrections" }).ClickAsync();
        await Expect(ann.Correction.GetByRole(AriaRole.Status)).ToContainTextAsync("were deleted");
        Assert.Empty(await KeptAsync(server));

        await ann.Page.Keyboard.PressAsync("Escape");
        await ann.Stop.ClickAsync();
        await Expect(ann.NotRight).ToBeHiddenAsync();
    }

    [Fact]
    public async Task OwnFace_IsNotOfferedForCorrection_WhereTheServerTakesNone()
    {
        var server = await StartServerAsync("--Feedback:Enabled=false");
        var ann = await JoinAsync(server.Address, "Ann");

        await Expect(ann.Reading("Ann")).ToContainTextAsync("appears");

        await Expect(ann.NotRight).ToBeHiddenAsync();
    }

    [Fact]
    public async Task ALongRoomName_IsCutOff_RatherThanLetWidenAPhonesPage()
    {
        var server = await StartServerAsync();
        var page = (await OpenAsync(
            new Uri(server.Address, "/room.html?room=a-room-with-quite-a-long-name-for-a-room"),
            options: new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true })).Page;
        var ann = new CallPage(page);

        await ann.JoinAsync("Ann");
        await Expect(ann.NotRight).ToBeVisibleAsync();

        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task OwnFace_CanBeCorrected_OnAPhone()
    {
        var server = await StartServerAsync($"--Storage:DataDirectory={TemporaryFolder()}");
        foreach (var name in new[] { "Ben", "Cem" })
        {
            await (await OpenCallAsync(server.Address, Camera.Refused)).JoinAsync(name, "off");
        }

        var ann = await OpenCallAsync(
            server.Address, options: new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true });
        await ann.JoinAsync("Ann", "nothing");
        await Expect(ann.Tiles).ToHaveCountAsync(3);

        await Expect(ann.NotRight).ToBeVisibleAsync();
        // On one line: a second one would lie over the face.
        var (own, button) = ((await ann.Tile("Ann").Locator("b").BoundingBoxAsync())!, (await ann.NotRight.BoundingBoxAsync())!);
        Assert.InRange(button.Y + (button.Height / 2), own.Y, own.Y + own.Height);
        await ann.NotRight.TapAsync();
        var label = ann.Correction.GetByRole(AriaRole.Button, new() { Name = "contempt" });
        Assert.True((await label.BoundingBoxAsync())!.Height >= 44);
        await label.TapAsync();

        await Expect(ann.Correction.GetByRole(AriaRole.Status)).ToContainTextAsync("Thank you. Saved: contempt");
        await ann.Correction.GetByRole(AriaRole.Button, new() { Name = "Close" }).TapAsync();
        await Expect(ann.Correction).ToBeHiddenAsync();
        Assert.Equal(390, await ann.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Theory]
    [InlineData("workplace")]
    [InlineData("education")]
    public async Task Join_ForAProhibitedPurpose_IsRefusedWithTheReason(string purpose)
    {
        var server = await StartServerAsync();
        var ann = await OpenCallAsync(server.Address);

        await ann.JoinAsync("Ann", "badge", purpose);

        await Expect(ann.Error).ToContainTextAsync("Article 5(1)(f)");
        await Expect(ann.Notice).ToBeVisibleAsync();
        Assert.All(await ann.Camera.TrackStatesAsync(), state => Assert.Equal("ended", state));
        Assert.Equal(0, server.Figure(ServerFigures.FramesReceived));
    }

    [Fact]
    public async Task Join_OfAFullCall_IsRefusedBeforeTheCameraIsOpened()
    {
        var server = await StartServerAsync("--Rooms:MaxParticipants=2");
        var ann = await JoinAsync(server.Address, "Ann", "off");
        await JoinAsync(server.Address, "Ben", "off");
        await Expect(ann.Tiles).ToHaveCountAsync(2);
        var cem = await OpenCallAsync(server.Address);

        await cem.JoinAsync("Cem");

        await Expect(cem.Error).ToContainTextAsync("The room is full");
        Assert.Equal(0, await cem.Camera.RequestsAsync());
        await Expect(ann.Tiles).ToHaveCountAsync(2);
    }

    [Theory]
    [InlineData(RoomRole.Viewer, 5, "")]
    [InlineData(RoomRole.Source, -5, "")]
    [InlineData(RoomRole.Source, 5, "forged")]
    public async Task Join_WithAWrongToken_IsRefusedBeforeTheCameraIsOpened(RoomRole role, int minutes, string end)
    {
        var server = await StartServerAsync("--Rooms:OperatorKey=a-long-key-of-the-operators-own-making");
        var token = server.Service<RoomTokens>().Sign(new RoomPass("team", role, DateTimeOffset.UtcNow.AddMinutes(minutes)));
        var ann = new CallPage((await OpenAsync(new Uri(server.Address, $"{Room}&token={token}{end}"))).Page);

        await ann.JoinAsync("Ann");

        await Expect(ann.Error).ToContainTextAsync("requires a valid token");
        await Expect(ann.Notice).ToBeVisibleAsync();
        Assert.Equal(0, await ann.Camera.RequestsAsync());
    }

    [Fact]
    public async Task Join_WithASourcesToken_SeesAndIsSeen()
    {
        var server = await StartServerAsync("--Rooms:OperatorKey=a-long-key-of-the-operators-own-making");
        var token = server.Service<RoomTokens>().Sign(new RoomPass("team", RoomRole.Source, DateTimeOffset.UtcNow.AddMinutes(5)));
        var ann = new CallPage((await OpenAsync(new Uri(server.Address, $"{Room}&token={token}"))).Page);

        await ann.JoinAsync("Ann");

        await Expect(ann.Mood).ToContainTextAsync("The room mostly appears");
    }

    [Fact]
    public async Task Join_WithoutACamera_SaysSo_AndSeesTheOthers()
    {
        var server = await StartServerAsync();
        await JoinAsync(server.Address, "Ann");
        var ben = await OpenCallAsync(server.Address, Camera.Refused);

        await ben.JoinAsync("Ben");

        await Expect(ben.Error).ToContainTextAsync("press “Camera on”");
        await Expect(ben.Sign).ToBeHiddenAsync();
        await ben.ExpectPicturesAsync("Ann");
        await ben.ExpectOverlayAsync("Ann");
    }

    [Fact]
    public async Task Name_WithMarkup_IsShownAsItIs()
    {
        const string name = "<img src=x onerror=alert(1)>";
        var server = await StartServerAsync();
        var ann = await JoinAsync(server.Address, "Ann", "off");

        await JoinAsync(server.Address, name, "badge");

        await Expect(ann.Tile(name)).ToHaveCountAsync(1);
        await Expect(await OpenDashboardAsync(server)).ToContainTextAsync(name);
        await Expect(ann.Page.Locator("main img")).ToHaveCountAsync(0);
    }
    private static Task<List<Correction>> KeptAsync(TestServer server) =>
        server.Service<CorrectionStore>().ListAsync(new CorrectionFilter(), 10, TestContext.Current.CancellationToken);
}
