using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Contracts;
using EmotionStream.Rooms;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>Who may join a call, and what the page says to those who may not.</summary>
public class CallAdmissionTests(Browsers browsers) : CallTest(browsers)
{
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
    public async Task Join_WhereFacesCantBeReadAtTheMoment_GoesOnWithoutReadings()
    {
        var server = await StartServerAsync();
        var ann = await OpenCallAsync(server.Address);
        await ann.Page.RouteWebSocketAsync("**/hubs/camera", socket => socket.CloseAsync());
        var ben = await JoinAsync(server.Address, "Ben", "off");

        await ann.JoinAsync("Ann");

        await Expect(ann.Error).ToContainTextAsync("The call continues.");
        await Expect(ann.Share).ToHaveValueAsync("off");
        await ann.ExpectPicturesAsync("Ben");
        await ben.ExpectPicturesAsync("Ann");
    }
}
