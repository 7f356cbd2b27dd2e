using System.Text.RegularExpressions;
using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Contracts;
using EmotionStream.History;
using EmotionStream.Tests.Kit;
using Microsoft.Playwright;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>History as people meet it: told before they agree, looked back into by viewers, erased by whom it is about.</summary>
public class HistoryPagesTests(Browsers browsers) : LiveTest(browsers)
{
    [Fact]
    public async Task WhereHistoryIsOn_TheNoticeSaysSo_ViewersLookBack_AndPeopleEraseTheirOwn()
    {
        var server = await StartServerAsync("--History:Enabled=true", "--History:Retention=2.00:00:00", $"--Storage:DataDirectory={TemporaryFolder()}");
        var live = await OpenAsync(new Uri(server.Address, "/?room=team&name=Ann"));
        await Expect(live.Page.GetByTestId("notice-store")).ToContainTextAsync("up to 2 of your fully shared readings per second");
        await Expect(live.Page.GetByTestId("notice-store")).ToContainTextAsync("2 days");
        var call = (await OpenAsync(new Uri(server.Address, "/room.html?room=team"))).Page;
        await Expect(call.GetByTestId("notice-store")).ToContainTextAsync("2 days");
        await live.AgreeAsync();
        await live.Demo.ClickAsync();
        await live.FaceIdAsync();
        var erase = live.Page.GetByTestId("erase-own");
        await Expect(erase).ToBeVisibleAsync();

        var dashboard = (await OpenAsync(new Uri(server.Address, "/dashboard.html?room=team"))).Page;
        await Expect(dashboard.GetByTestId("person")).ToHaveCountAsync(1);
        var shown = dashboard.GetByTestId("past-shown");
        await Expect(dashboard.GetByTestId("past-later")).ToBeDisabledAsync();
        // The five minutes that ended two and a half minutes ago were before anybody came.
        await dashboard.GetByTestId("zoom-5").ClickAsync();
        await dashboard.GetByTestId("past-earlier").ClickAsync();
        await Expect(shown).ToContainTextAsync("Nothing is stored for");
        await dashboard.GetByTestId("past-now").ClickAsync();
        await Expect(shown).ToBeHiddenAsync();

        live.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await erase.ClickAsync();
        await Expect(live.Page.GetByTestId("erase-own-said")).ToContainTextAsync("deleted");
        await Expect(erase).ToBeHiddenAsync();
        await live.ExpectStateAsync("running");
    }

    [Fact]
    public async Task ADashboard_LooksBackIntoWhatWasKept_AndShowsWhoWasThere()
    {
        var server = await StartServerAsync("--History:Enabled=true", $"--Storage:DataDirectory={TemporaryFolder()}");
        Keep(server, "Ann", "sad");
        Keep(server, "Ben", "happy");
        await TestTimeouts.UntilAsync(() => server.Service<HistoryWriter>().Waiting == 0, "all to be written");

        var dashboard = (await OpenAsync(new Uri(server.Address, "/dashboard.html?room=team"))).Page;
        var (people, when, now) = (dashboard.GetByTestId("person"), dashboard.GetByTestId("people-when"), dashboard.GetByText("as of now"));
        await Expect(dashboard.GetByTestId("invitation")).ToBeVisibleAsync();
        for (var step = 0; step < 4; step++)
        {
            await dashboard.GetByTestId("past-earlier").ClickAsync();
            await Expect(dashboard.GetByTestId("past-shown")).ToBeVisibleAsync();
        }

        await Expect(dashboard.GetByTestId("past-shown")).ToContainTextAsync("The chart shows");
        await Expect(people).ToContainTextAsync(["Annappeared mostly sad, 90% on average", "Benappeared mostly happy, 90% on average"]);
        await Expect(when).ToHaveTextAsync(new Regex("""^Looking back: .*\d\d:\d\d"""));
        await Expect(now).ToHaveCountAsync(2);
        await Expect(now.First).ToBeVisibleAsync();
        await people.First.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(dashboard.Locator("#timeline-of")).ToHaveTextAsync("Ann");
        await dashboard.GetByTestId("view-table").ClickAsync();
        await Expect(dashboard.GetByTestId("people-table").GetByRole(AriaRole.Row, new() { Name = "Ben" })).ToContainTextAsync("appeared mostly happy, 90% on average90%");
        Assert.False(await dashboard.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));

        await dashboard.GetByTestId("past-now").ClickAsync();
        await Expect(dashboard.GetByTestId("past-shown")).ToBeHiddenAsync();
        await Expect(when).ToBeHiddenAsync();
        await Expect(now.First).ToBeHiddenAsync();
        await Expect(dashboard.GetByTestId("people-table")).ToBeHiddenAsync();
        await Expect(dashboard.GetByTestId("invitation")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task WhereHistoryIsOff_NothingOfItIsShown()
    {
        var server = await StartServerAsync();

        var live = await OpenAsync(new Uri(server.Address, "/?room=team"));
        var dashboard = (await OpenAsync(new Uri(server.Address, "/dashboard.html?room=team"))).Page;

        await Expect(live.Page.GetByTestId("notice-store")).ToContainTextAsync("Nothing");
        await Expect(dashboard.GetByTestId("status")).ToHaveAttributeAsync("data-state", "running");
        await Expect(dashboard.GetByTestId("past")).ToBeHiddenAsync();
        await Expect(live.Page.GetByTestId("erase-own")).ToBeHiddenAsync();
    }

    /// <summary>Two minutes of somebody who appeared the same throughout and has left.</summary>
    private static void Keep(TestServer server, string name, string label)
    {
        var queue = server.Service<HistoryQueue>();
        var source = new HistorySource("team", name, () => name, "owner", TimeSpan.Zero, queue, TimeProvider.System);
        var emotions = EmotionLabels.All.Select((other, index) => other == label ? 0.9f : index == 0 ? 0.1f : 0).ToArray();
        var since = DateTimeOffset.UtcNow.AddMinutes(-3.5).ToUnixTimeMilliseconds();
        for (var second = 0; second < 120; second++)
        {
            queue.Offer(new(source, since + (second * 1000), new("1", [0, 0, 1, 1], null, 1, 0, emotions, emotions, label, 0.8f, 0.3f, 0.2f, null)));
        }
    }
}
