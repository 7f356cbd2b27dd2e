using System.Text.Json;
using EmotionStream.Browser.Tests.Kit;
using Microsoft.Playwright;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>Those who only watch: a room's dashboard and a stream's overlay, with real senders in the room.</summary>
public class RoomPagesTests(Browsers browsers) : LiveTest(browsers)
{
    [Fact]
    public async Task Dashboard_OfARoom_ShowsItsPeopleAndForgetsWhoStops()
    {
        var server = await StartServerAsync();
        var ann = await SendDemoAsync(server.Address, "Ann");
        var ben = await SendDemoAsync(server.Address, "Ben");

        var dashboard = (await OpenAsync(new Uri(server.Address, "/dashboard.html?room=team"))).Page;
        var people = dashboard.GetByTestId("person");
        await Expect(people).ToHaveCountAsync(2);
        await Expect(dashboard.GetByTestId("mood-faces")).ToHaveTextAsync("2");
        await Expect(dashboard.GetByTestId("mood")).ToContainTextAsync("appears");
        await ben.Stop.ClickAsync();

        await Expect(people).ToHaveCountAsync(1);
        await Expect(people).ToContainTextAsync("Ann");
        await Expect(ann.Sign).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Dashboard_OfAnEmptyRoom_SaysSoOnceItIsSure()
    {
        var server = await StartServerAsync();
        var waiting = (await OpenAsync(server.Address)).Page;
        await waiting.RouteWebSocketAsync("**/hubs/room", _ => { });

        await waiting.GotoAsync(new Uri(server.Address, "/dashboard.html?room=team").ToString());
        await Expect(waiting.GetByTestId("room-name")).ToHaveTextAsync("team");
        await waiting.GetByTestId("view-table").ClickAsync();
        await Expect(waiting.GetByTestId("people-empty")).ToBeHiddenAsync();

        var served = (await OpenAsync(new Uri(server.Address, "/dashboard.html?room=team"))).Page;
        await Expect(served.GetByTestId("people-empty")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Dashboard_Table_IsSortedByTheColumnThatIsClicked()
    {
        var server = await StartServerAsync();
        await SendDemoAsync(server.Address, "Ben");
        await SendDemoAsync(server.Address, "Ann");
        var dashboard = (await OpenAsync(new Uri(server.Address, "/dashboard.html?room=team"))).Page;
        await dashboard.GetByTestId("view-table").ClickAsync();
        var names = dashboard.GetByTestId("people-table").Locator("tbody th");
        await Expect(names).ToHaveTextAsync(["Ben", "Ann"]);

        var head = dashboard.GetByRole(AriaRole.Columnheader, new() { Name = "Name" });
        await head.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(names).ToHaveTextAsync(["Ann", "Ben"]);
        await Expect(head).ToHaveAttributeAsync("aria-sort", "ascending");
    }

    [Fact]
    public async Task Pages_LeadToEachOther_AndStayInTheRoom()
    {
        var server = await StartServerAsync();
        var page = (await OpenAsync(new Uri(server.Address, "/?room=team"))).Page;

        await page.GetByTestId("pages").GetByText("Dashboard").ClickAsync();
        await Expect(page.GetByTestId("room-name")).ToHaveTextAsync("team");
        await page.GetByTestId("pages").GetByText("Models").ClickAsync();
        await Expect(page.GetByTestId("models")).ToBeVisibleAsync();
        await page.GetByTestId("pages").GetByText("Live").ClickAsync();

        await Expect(page.GetByTestId("pages").Locator("[aria-current=page]")).ToHaveTextAsync("Live");
    }

    [Fact]
    public async Task Dashboard_Export_HoldsThePeopleAndTheMarkers()
    {
        var server = await StartServerAsync();
        await SendDemoAsync(server.Address, "Ann");
        var dashboard = (await OpenAsync(new Uri(server.Address, "/dashboard.html?room=team"))).Page;
        await Expect(dashboard.GetByTestId("person")).ToHaveCountAsync(1);

        await dashboard.GetByTestId("marker-text").FillAsync("slide 3");
        await dashboard.GetByTestId("marker-add").ClickAsync();
        await Expect(dashboard.GetByTestId("marker")).ToHaveCountAsync(1);
        var download = await dashboard.RunAndWaitForDownloadAsync(() => dashboard.GetByTestId("export-json").ClickAsync());

        await using var content = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(content);
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var export = JsonDocument.Parse(text);
        Assert.Contains("slide 3", text);
        Assert.Contains("Ann", text);
    }

    [Fact]
    public async Task Overlay_OfARoom_ShowsAReadingOnATransparentPage()
    {
        var server = await StartServerAsync();
        await SendDemoAsync(server.Address, "Ann");

        var overlay = (await OpenAsync(new Uri(server.Address, "/overlay.html?room=team"))).Page;

        await Expect(overlay.GetByTestId("panel")).ToContainTextAsync("appears");
        Assert.Equal("rgba(0, 0, 0, 0)", await overlay.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }

    [Fact]
    public async Task Dashboard_WithoutTheRoomsToken_SaysWhyItStaysClosed()
    {
        var server = await StartServerAsync("--Rooms:OperatorKey=a-long-key-of-the-operators-own-making");

        var dashboard = (await OpenAsync(new Uri(server.Address, "/dashboard.html?room=team"))).Page;

        await Expect(dashboard.GetByTestId("error")).ToBeVisibleAsync();
        await Expect(dashboard.GetByTestId("person")).ToHaveCountAsync(0);
    }

    private async Task<LivePage> SendDemoAsync(Uri server, string name)
    {
        var live = await OpenAsync(new Uri(server, $"/?room=team&name={name}"));
        await Expect(live.Notice).ToContainTextAsync("team");
        await live.AgreeAsync();
        await live.Demo.ClickAsync();
        await live.FaceIdAsync();
        return live;
    }
}
