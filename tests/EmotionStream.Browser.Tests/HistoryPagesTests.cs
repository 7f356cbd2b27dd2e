using EmotionStream.Browser.Tests.Kit;
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
        await Expect(live.Page.GetByTestId("notice-store")).ToContainTextAsync("up to 2 a second of the readings");
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
        await Expect(shown).ToContainTextAsync("Nothing is kept of");
        await dashboard.GetByTestId("past-now").ClickAsync();
        await Expect(shown).ToBeHiddenAsync();

        live.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await erase.ClickAsync();
        await Expect(live.Page.GetByTestId("erase-own-said")).ToContainTextAsync("Erased:");
        await Expect(erase).ToBeHiddenAsync();
        await live.ExpectStateAsync("running");
    }

    [Fact]
    public async Task ADashboard_LooksBackIntoWhatWasKept()
    {
        var server = await StartServerAsync("--History:Enabled=true", $"--Storage:DataDirectory={TemporaryFolder()}");
        var earlier = DateTimeOffset.UtcNow.AddMinutes(-3).ToUnixTimeMilliseconds();
        var queue = server.Service<EmotionStream.History.HistoryQueue>();
        var source = new EmotionStream.History.HistorySource("team", "ann", () => "Ann", "owner", TimeSpan.Zero, queue, TimeProvider.System);
        float[] sad = [0.1f, 0, 0, 0.9f, 0, 0, 0, 0];
        for (var second = 0; second < 90; second++)
        {
            queue.Offer(new(source, earlier + (second * 1000), new("1", [0, 0, 1, 1], null, 1, 0, sad, sad, "sad", 0.9f, -0.6f, -0.3f, null)));
        }

        var dashboard = (await OpenAsync(new Uri(server.Address, "/dashboard.html?room=team"))).Page;
        for (var step = 0; step < 4; step++)
        {
            await dashboard.GetByTestId("past-earlier").ClickAsync();
            await Expect(dashboard.GetByTestId("past-shown")).ToBeVisibleAsync();
        }

        await Expect(dashboard.GetByTestId("past-shown")).ToContainTextAsync("The chart shows");
        await dashboard.GetByTestId("past-now").ClickAsync();
        await Expect(dashboard.GetByTestId("past-shown")).ToBeHiddenAsync();
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
}
