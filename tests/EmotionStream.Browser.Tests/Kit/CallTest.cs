using EmotionStream.Tests.Kit;
using Microsoft.Playwright;

namespace EmotionStream.Browser.Tests.Kit;

/// <summary>What tests of calls share: people who open the room's page, each in a browser context of their own.</summary>
public abstract class CallTest(Browsers browsers) : LiveTest(browsers)
{
    private protected const string Room = "/room.html?room=team";

    private protected async Task<CallPage> OpenCallAsync(Uri server, Camera camera = Camera.Clip, BrowserNewContextOptions? options = null) =>
        new((await OpenAsync(new Uri(server, Room), camera, options)).Page);

    private protected async Task<CallPage> JoinAsync(Uri server, string name, string share = "full")
    {
        var call = await OpenCallAsync(server);
        await call.JoinAsync(name, share);
        await LivePage.Expect(call.Call).ToBeVisibleAsync();
        return call;
    }

    /// <summary>The cards of those whom a dashboard shows.</summary>
    private protected async Task<ILocator> OpenDashboardAsync(TestServer server) =>
        (await OpenAsync(new Uri(server.Address, "/dashboard.html?room=team"))).Page.GetByTestId("person");
}
