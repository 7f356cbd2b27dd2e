using EmotionStream.Browser.Tests.Kit;
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
}
