using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Tests.Kit;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>Networks break and tabs are closed; the others in a call are not disturbed, and who comes back finds a place.</summary>
public class CallReconnectTests(Browsers browsers) : CallTest(browsers)
{
    [Fact]
    public async Task Connection_LostForSeconds_ComesBackAsTheSamePersonInTheSamePlace()
    {
        var server = await StartServerAsync();
        await using var network = new Network(server.Address);
        var ann = await JoinAsync(server.Address, "Ann", "off");
        var ben = await JoinAsync(network.Address, "Ben");
        await ann.ExpectOverlayAsync("Ben");
        var (place, session) = (await ann.ParticipantAsync("Ben"), await SessionAsync(server.Address));

        network.Cut();
        await Expect(ben.Status).ToHaveAttributeAsync("data-state", "reconnecting");
        // A reading is gone after two seconds, and the call's own pictures go on: they don't pass the server.
        await ann.ExpectNoReadingAsync("Ben");
        await ann.ExpectPicturesAsync("Ben");
        network.Mend();

        await Expect(ben.Status).ToHaveAttributeAsync("data-state", "running");
        await ann.ExpectOverlayAsync("Ben");
        await ann.ExpectPicturesAsync("Ben");
        await ben.ExpectPicturesAsync("Ann");
        Assert.Equal(place, await ann.ParticipantAsync("Ben"));
        Assert.Equal(session, await SessionAsync(server.Address));
        Assert.Single(await ann.Peers.StatesAsync());
    }

    [Fact]
    public async Task Connection_LostForTooLong_IsMissed_AndComesBackCleanly()
    {
        var server = await StartServerAsync("--Rooms:ResumeWithin=00:00:00", "--Sessions:ResumeWithin=00:00:00");
        await using var network = new Network(server.Address);
        var ann = await JoinAsync(server.Address, "Ann", "off");
        var ben = await JoinAsync(network.Address, "Ben");
        await ann.ExpectOverlayAsync("Ben");
        var place = await ann.ParticipantAsync("Ben");

        network.Cut();
        await Expect(ann.Tiles).ToHaveCountAsync(1);
        await server.NoSessionAsync();
        network.Mend();

        await Expect(ann.Tiles).ToHaveCountAsync(2);
        await ann.ExpectPicturesAsync("Ben");
        await ben.ExpectPicturesAsync("Ann");
        await ann.ExpectOverlayAsync("Ben");
        Assert.NotEqual(place, await ann.ParticipantAsync("Ben"));
        Assert.Equal(1, server.Figure(ServerFigures.SessionsActive));
        await Expect(ben.Tiles).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Connection_ThatCarriesNothingMore_IsReplacedWithoutAnybodyNoticing()
    {
        var server = await StartServerAsync();
        await using var network = new Network(server.Address);
        var ann = await JoinAsync(server.Address, "Ann", "off");
        var ben = await JoinAsync(network.Address, "Ben", "badge");
        await Expect(ann.Reading("Ben")).ToContainTextAsync("appears");
        var place = await ann.ParticipantAsync("Ben");

        var replacement = ben.Page.WaitForWebSocketAsync(new() { Predicate = socket => socket.Url.EndsWith("/hubs/room", StringComparison.Ordinal) });
        network.Swallow();
        await replacement;

        await server.MeasureMoreAsync(5);
        await Expect(ben.Status).ToHaveAttributeAsync("data-state", "running");
        await Expect(ann.Reading("Ben")).ToContainTextAsync("appears");
        Assert.Equal(place, await ann.ParticipantAsync("Ben"));
    }

    [Fact]
    public async Task SomebodyNew_WhoComesWhileAnotherIsAway_IsFoundByTheOneWhoReturns()
    {
        var server = await StartServerAsync("--Rooms:ResumeWithin=00:10:00");
        await using var network = new Network(server.Address);
        var ben = await JoinAsync(network.Address, "Ben", "off");

        network.Cut();
        await Expect(ben.Status).ToHaveAttributeAsync("data-state", "reconnecting");
        var ann = await JoinAsync(server.Address, "Ann", "off");
        await Expect(ann.Tile("Ben")).ToHaveCountAsync(1);
        var place = await ann.ParticipantAsync("Ben");
        network.Mend();

        await ben.ExpectPicturesAsync("Ann");
        await ann.ExpectPicturesAsync("Ben");
        Assert.Equal(place, await ann.ParticipantAsync("Ben"));
    }

    [Fact]
    public async Task Ways_FoundFailedByBothEndsAtOnce_AreSoughtAnew()
    {
        var server = await StartServerAsync();
        var ann = await JoinAsync(server.Address, "Ann", "off");
        var ben = await JoinAsync(server.Address, "Ben", "off");
        await ann.ExpectPicturesAsync("Ben");
        await ben.ExpectPicturesAsync("Ann");
        var (annsWay, bensWay) = (await ann.Peers.WayAsync(), await ben.Peers.WayAsync());

        await Task.WhenAll(ann.Peers.FailAsync(), ben.Peers.FailAsync());

        foreach (var (call, way) in new[] { (ann, annsWay), (ben, bensWay) })
        {
            await call.Page.WaitForFunctionAsync(
                "(way) => window.peerSpy.every((peer) => peer.connectionState === 'connected' && peer.signalingState === 'stable' " +
                "&& !peer.currentLocalDescription.sdp.includes(`ice-ufrag:${way}\\r`))",
                way);
        }

        await ann.ExpectPicturesAsync("Ben");
        await ben.ExpectPicturesAsync("Ann");
    }

    [Fact]
    public async Task TwoTabsOfOnePerson_AreTwoPlaces_AndOneThatGoesElsewhereLeavesTheOther()
    {
        // A page that goes says that it leaves; the server would wait for a lost one.
        var server = await StartServerAsync("--Rooms:ResumeWithin=00:10:00", "--Sessions:ResumeWithin=00:10:00");
        var ann = await JoinAsync(server.Address, "Ann", "off");
        var first = await JoinAsync(server.Address, "Ben");
        var second = new CallPage(await first.Page.Context.NewPageAsync());
        await second.Page.GotoAsync(new Uri(server.Address, Room).ToString());
        await second.JoinAsync("Ben");
        await Expect(ann.Tile("Ben")).ToHaveCountAsync(2);
        await Expect(await OpenDashboardAsync(server)).ToHaveCountAsync(2);

        await second.Page.GotoAsync("about:blank");

        await Expect(ann.Tile("Ben")).ToHaveCountAsync(1);
        await TestTimeouts.UntilAsync(() => server.Figure(ServerFigures.SessionsActive) == 1, "the left tab's session ended");
        await ann.ExpectPicturesAsync("Ben");
        await ann.ExpectOverlayAsync("Ben");
        await first.ExpectPicturesAsync("Ann");
    }

    /// <summary>The id under which the room's one analyzed person is on a dashboard.</summary>
    private async Task<string> SessionAsync(Uri server)
    {
        var page = (await OpenAsync(server)).Page;
        return await page.EvaluateAsync<string>(
            """
            async () => {
              const { watchRoom } = await import("/dist/client.js");
              return await new Promise((resolve) => {
                const watching = watchRoom("team", ({ people }) => {
                  if (people.length !== 1) return;
                  watching.stop();
                  resolve(people[0].id);
                });
              });
            }
            """);
    }
}
