using System.Net;
using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Contracts;
using EmotionStream.Rooms;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>A server with keys, met from another machine: a page asks for the key once, and says so when that key no longer counts.</summary>
public class AccessKeyTests(Browsers browsers) : LiveTest(browsers)
{
    private const string Key = "a key of the operator's";
    private const string NewKey = "another key of the operator's";
    private const string OperatorKey = "the operator's own key";

    [Fact]
    public async Task Live_WhoseKeyIsTakenAway_EndsAndOffersToEnterTheNewOne()
    {
        await using var server = await StartAsync(Key);
        var live = await OpenAsync(server.Address);
        await EnterAsync(live.Page, "wrong");
        await Expect(live.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("does not know this key");
        await EnterAsync(live.Page, Key);
        await live.AgreeAsync();
        await live.Camera.ClickAsync();
        await live.FaceIdAsync();

        await server.StopAsync();
        await using var successor = await StartAsync(NewKey, server.Address);

        await Expect(live.Error).ToContainTextAsync("requires a key from its operator");
        await live.ExpectStateAsync("stopped");
        Assert.Equal(["ended"], await new CameraSpy(live.Page).TrackStatesAsync());
        var again = new LivePage(await live.Page.RunAndWaitForPopupAsync(() => live.Error.GetByRole(AriaRole.Link).ClickAsync()));
        await EnterAsync(again.Page, NewKey);
        await again.AgreeAsync();
        await again.Demo.ClickAsync();
        await Expect(again.FaceCard).ToHaveCountAsync(1);
        // The old page has the new key, too.
        await live.Start.ClickAsync();
        await live.ExpectStateAsync("running");
        await Expect(live.Error).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData("upload.html", "#demo")]
    [InlineData("dashboard.html?room=a&token=", null)]
    [InlineData("overlay.html?room=a&token=", null)]
    [InlineData("room.html?room=a&name=Ann", "#join")]
    public async Task Page_WhoseKeyIsTakenAway_SaysSoAndOffersToEnterIt(string path, string? asks)
    {
        await using var server = await StartAsync(Key);
        path += path.EndsWith('=') ? server.Service<RoomTokens>().Sign(new RoomPass("a", RoomRole.Viewer, DateTimeOffset.UtcNow.AddHours(1))) : "";
        var page = (await OpenAsync(new Uri(server.Address, path))).Page;
        await EnterAsync(page, Key);
        await page.WaitForURLAsync(new Uri(server.Address, path).ToString());

        await server.StopAsync();
        await using var successor = await StartAsync(NewKey, server.Address);
        if (asks == "#join")
        {
            await page.GetByTestId("share-off").CheckAsync();
        }

        if (asks is not null)
        {
            await page.Locator(asks).ClickAsync();
        }

        var error = page.GetByTestId("error");
        await Expect(error).ToContainTextAsync("requires a key from its operator");
        await Expect(error.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", $"access?to={Uri.EscapeDataString("/" + path)}");
    }

    private static async Task EnterAsync(IPage page, string key)
    {
        await page.GetByLabel("Key").FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter" }).ClickAsync();
    }

    private static Task<TestServer> StartAsync(string key, Uri? address = null) => TestServer.StartAsync(
        builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IStartupFilter, Elsewhere>();
        },
        [$"--Access:Keys:0={key}", $"--Rooms:OperatorKey={OperatorKey}", .. address is null ? Array.Empty<string>() : ["--urls", address.ToString()]]);

    /// <summary>Lets every caller come from another machine.</summary>
    private sealed class Elsewhere : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, onward) =>
            {
                http.Connection.RemoteIpAddress = IPAddress.Parse("203.0.113.7");
                return onward(http);
            });
            next(app);
        };
    }
}
