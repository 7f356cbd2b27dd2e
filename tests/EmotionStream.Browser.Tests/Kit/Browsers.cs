using EmotionStream.Tests.Kit;
using Microsoft.Playwright;

namespace EmotionStream.Browser.Tests.Kit;

/// <summary>Headless Chromium, started at most once for each kind of camera and shared by all tests; pages get contexts of their own.</summary>
public sealed class Browsers : IAsyncLifetime
{
    // The shell has Chromium's engine and no windows: Chromium itself draws a window's tabs and toolbar for every page, even headless.
    private static readonly string[] Programs =
        ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // No GPU and no QUIC on test machines, and perhaps no network but their own, through which calls then go; the rest keeps Chromium
    // from talking to the network on its own account.
    private static readonly string[] QuietArguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--allow-loopback-in-peer-connection",
    ];

    private readonly Dictionary<Camera, IBrowser> _running = [];
    private readonly Lazy<FaceClip> _clip = new(FaceClip.Make);
    private IPlaywright? _playwright;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(LivePage.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _running.Values)
        {
            await browser.CloseAsync();
        }

        _playwright?.Dispose();
        if (_clip.IsValueCreated)
        {
            _clip.Value.Dispose();
        }
    }

    internal async Task<IBrowser> GetAsync(Camera camera)
    {
        if (!_running.TryGetValue(camera, out var browser))
        {
            var program = Programs.FirstOrDefault(File.Exists);
            Needs.That(program is not null, "Chromium: apt-get install chromium-headless-shell");
            browser = await _playwright!.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = program,
                Args = [.. QuietArguments, .. ArgumentsOf(camera)],
            });
            _running.Add(camera, browser);
        }

        return browser;
    }

    /// <remarks>Chromium's own switches, so that the page meets the browser's real answers and errors.</remarks>
    private string[] ArgumentsOf(Camera camera) => camera switch
    {
        Camera.Clip =>
        [
            "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", $"--use-file-for-fake-video-capture={_clip.Value.Path}",
        ],
        Camera.None => ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream=device-count=0"],
        _ => ["--use-fake-ui-for-media-stream=deny", "--use-fake-device-for-media-stream"],
    };
}
