using EmotionStream.Tests.Kit;
using Microsoft.Playwright;

namespace EmotionStream.Browser.Tests.Kit;

/// <summary>What tests of the Live page share: a real server, a real browser, and a screenshot when one fails.</summary>
/// <param name="browsers">The running browsers.</param>
/// <param name="shared">The server of a class whose tests neither change it nor look at its figures: it takes the place of one with the usual settings.</param>
public abstract class LiveTest(Browsers browsers, SharedPages? shared = null) : IAsyncLifetime
{
    // Half of what a page sends of its own accord: a face is followed as well, and two cores draw, encode and read for all pages of a test.
    internal const string Usual = "--Sessions:MaxFramesPerSecond=10";

    private readonly List<IPage> _pages = [];
    private readonly List<TestServer> _servers = [];
    private readonly List<string> _scriptErrors = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            await TakeScreenshotsAsync();
        }

        foreach (var page in _pages)
        {
            await page.Context.CloseAsync();
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        Assert.Empty(_scriptErrors);
        GC.SuppressFinalize(this);
    }

    private protected async Task<TestServer> StartServerAsync(params string[] settings)
    {
        if (shared is not null && settings.Length == 0)
        {
            return shared.Server;
        }

        var server = await TestServer.StartAsync([Usual, .. settings]);
        _servers.Add(server);
        return server;
    }

    /// <summary>A folder for what a server keeps; its server may still be closing files when the test ends, so it goes with the process.</summary>
    private protected static string TemporaryFolder()
    {
        var folder = Directory.CreateTempSubdirectory("es-pages-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder.FullName;
    }

    /// <summary>Opens the page in a context of its own: no cookies, no stored theme, no permissions from another test.</summary>
    private protected async Task<LivePage> OpenAsync(Uri address, Camera camera = Camera.Clip, BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.Locale ??= "en-US";
        // A page that moves all the time takes twice the processor, and shows the same.
        options.ReducedMotion ??= ReducedMotion.Reduce;
        var browser = await browsers.GetAsync(camera);
        var context = await browser.NewContextAsync(options);
        await context.AddInitScriptAsync(CameraSpy.Script);
        await context.AddInitScriptAsync(PeerSpy.Script);
        var page = await context.NewPageAsync();
        _pages.Add(page);
        page.SetDefaultTimeout(LivePage.Patience);
        page.PageError += (_, error) => _scriptErrors.Add(error);
        await page.GotoAsync(address.ToString());
        return new LivePage(page);
    }

    /// <summary>A server and a page of it whose person has agreed.</summary>
    private protected async Task<(TestServer Server, LivePage Live)> OpenAgreedAsync(Camera camera = Camera.Clip)
    {
        var server = await StartServerAsync();
        var live = await OpenAsync(server.Address, camera);
        await live.AgreeAsync();
        return (server, live);
    }

    private async Task TakeScreenshotsAsync()
    {
        var name = string.Concat(TestContext.Current.Test!.TestDisplayName.Select(letter => char.IsLetterOrDigit(letter) ? letter : '_'));
        for (var i = 0; i < _pages.Count; i++)
        {
            var path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"{name}-{i + 1}.png");
            await _pages[i].ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
        }
    }
}
