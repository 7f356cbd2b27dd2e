using EmotionStream.Browser.Tests.Kit;
using Microsoft.Playwright;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>What no longer comes fades half a second later and is gone after two, by the page's own clock, which these tests turn.</summary>
public class FreshnessTests(Browsers browsers) : CallTest(browsers)
{
    [Fact]
    public async Task Live_WhenAnswersStop_FadesTheCardAndTakesTheReadingAway()
    {
        var server = await StartServerAsync();
        await using var network = new Network(server.Address);
        var live = await OpenAsync(network.Address);
        await TurnClockByHandAsync(live.Page, async () =>
        {
            await live.AgreeAsync();
            await live.Demo.ClickAsync();
            await live.FaceIdAsync();
        });
        await ExpectFreshAsync(live.Page, live.FaceCard);

        network.Swallow();
        await live.Page.Clock.RunForAsync(600);

        await Expect(live.FaceCard).ToHaveAttributeAsync("data-age", "faded");
        await Expect(live.FaceCard).ToContainTextAsync("appears");
        Assert.True(await live.Page.EvaluateAsync<bool>(OverlayHasInk));

        await live.Page.Clock.RunForAsync(2000);

        await Expect(live.FaceCard).ToContainTextAsync("Waiting");
        await Expect(live.FaceCard).Not.ToContainTextAsync("appears");
        Assert.False(await live.Page.EvaluateAsync<bool>(OverlayHasInk));
    }

    [Fact]
    public async Task Dashboard_WhenUpdatesStop_SaysWhenSomebodyWasLastRead()
    {
        var server = await StartServerAsync();
        await using var network = new Network(server.Address);
        await SendDemoAsync(server.Address);
        var dashboard = (await OpenAsync(new Uri(network.Address, "/dashboard.html?room=team"))).Page;
        var person = dashboard.GetByTestId("person");
        await TurnClockByHandAsync(dashboard, () => Expect(person).ToContainTextAsync("appears"));
        await ExpectFreshAsync(dashboard, person);

        network.Swallow();
        await dashboard.Clock.RunForAsync(600);

        await Expect(person).ToHaveAttributeAsync("data-age", "faded");

        await dashboard.Clock.RunForAsync(2000);

        await Expect(person).ToContainTextAsync("last read");
        await Expect(person.Locator(".bars")).ToBeHiddenAsync();
        await Expect(dashboard.GetByTestId("mood")).ToHaveTextAsync("–");
    }

    [Fact]
    public async Task Overlay_WhenUpdatesStop_Vanishes()
    {
        var server = await StartServerAsync();
        await using var network = new Network(server.Address);
        await SendDemoAsync(server.Address);
        var overlay = (await OpenAsync(new Uri(network.Address, "/overlay.html?room=team&person=Ann"))).Page;
        var panel = overlay.GetByTestId("panel");
        await TurnClockByHandAsync(overlay, () => Expect(panel).ToContainTextAsync("appears"));
        await ExpectFreshAsync(overlay, panel);

        network.Swallow();
        await overlay.Clock.RunForAsync(600);

        await Expect(panel).ToHaveAttributeAsync("data-age", "faded");

        await overlay.Clock.RunForAsync(2000);

        await Expect(panel).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Call_WhenUpdatesStop_TakesTheOthersReadingOffTheirTile()
    {
        var server = await StartServerAsync();
        await using var network = new Network(server.Address);
        var ann = new CallPage((await OpenAsync(new Uri(network.Address, Room))).Page);
        await TurnClockByHandAsync(ann.Page, async () =>
        {
            await ann.JoinAsync("Ann", share: "off");
            await JoinAsync(server.Address, "Ben");
            await Expect(ann.Reading("Ben")).ToContainTextAsync("appears");
        });
        await ExpectFreshAsync(ann.Page, ann.Tile("Ben"));

        network.Swallow();
        await ann.Page.Clock.RunForAsync(600);

        await Expect(ann.Tile("Ben")).ToHaveAttributeAsync("data-age", "faded");

        await ann.Page.Clock.RunForAsync(2000);

        await ann.ExpectNoReadingAsync("Ben");
    }

    private const string OverlayHasInk = """
        () => {
          const canvas = document.getElementById("overlay");
          return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0);
        }
        """;

    /// <summary>Loads the page again with a clock that runs until the page has what it shows, and then only when it is turned.</summary>
    private static async Task TurnClockByHandAsync(IPage page, Func<Task> untilShown)
    {
        await page.Clock.InstallAsync();
        await page.ReloadAsync();
        await untilShown();
        // Ahead of what passes meanwhile, and less than makes the page give up its connection.
        var now = await page.EvaluateAsync<double>("() => Date.now()");
        await page.Clock.PauseAtAsync(DateTimeOffset.FromUnixTimeMilliseconds((long)now).AddSeconds(5).UtcDateTime);
    }

    /// <summary>Turns the clock in small steps, between which the server's real answers come, until one of this moment is shown.</summary>
    private static async Task ExpectFreshAsync(IPage page, ILocator shown)
    {
        for (var step = 0; step < 1000 && await AgeAsync(shown) != "fresh"; step++)
        {
            await page.Clock.RunForAsync(20);
        }

        // On a machine with other work even the newest reading may be older than half a second; it must not be gone.
        Assert.NotNull(await AgeAsync(shown));
    }

    private static async Task<string?> AgeAsync(ILocator shown) => await shown.CountAsync() == 1 ? await shown.GetAttributeAsync("data-age") : null;

    private async Task SendDemoAsync(Uri server)
    {
        var live = await OpenAsync(new Uri(server, "/?room=team&name=Ann"));
        await live.AgreeAsync();
        await live.Demo.ClickAsync();
        await live.FaceIdAsync();
    }
}
