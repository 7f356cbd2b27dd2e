using System.Text.RegularExpressions;
using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Tests.Kit;
using Microsoft.Playwright;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>The page for everybody: any width, dark or light, keyboard and screen reader, two languages, careful words.</summary>
public partial class PageTests(Browsers browsers, SharedPages shared) : LiveTest(browsers, shared), IClassFixture<SharedPages>
{
    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(320, ColorScheme.Light)]
    public async Task Page_OfAnyWidth_NeverScrollsSideways(int width, ColorScheme scheme)
    {
        var server = await StartServerAsync();
        var live = await OpenAsync(server.Address, options: new() { ViewportSize = new() { Width = width, Height = 844 }, ColorScheme = scheme });

        await ExpectNoSidewaysScrollAsync(live.Page);
        await live.AgreeAsync();
        await ExpectNoSidewaysScrollAsync(live.Page);
        await live.Demo.ClickAsync();
        await live.FaceIdAsync();
        await ExpectNoSidewaysScrollAsync(live.Page);
        Assert.Equal(scheme == ColorScheme.Dark, await BrightnessAsync(live.Page) < 0.5);
    }

    [Fact]
    public async Task ThemeButton_Pressed_TurnsDarkToLightAndIsRemembered()
    {
        var server = await StartServerAsync();
        var live = await OpenAsync(server.Address, options: new() { ColorScheme = ColorScheme.Dark });

        await live.Page.GetByLabel("Switch between dark and light").ClickAsync();
        await live.Page.ReloadAsync();

        await Expect(live.Notice).ToBeVisibleAsync();
        Assert.True(await BrightnessAsync(live.Page) > 0.5);
    }

    [Fact]
    public async Task Controls_InEveryState_HaveAnAccessibleName()
    {
        var (_, live) = await OpenAgreedAsync();
        await live.Withdraw.ClickAsync();
        await ExpectNamedControlsAsync(live.Page);
        await live.Consent.ClickAsync();
        await ExpectNamedControlsAsync(live.Page);
        await live.Camera.ClickAsync();
        await live.FaceIdAsync();
        await Expect(live.Page.GetByTestId("camera")).ToBeVisibleAsync();
        await ExpectNamedControlsAsync(live.Page);
    }

    [Fact]
    public async Task Keyboard_Alone_ReachesConsentSourcesStopAndStart()
    {
        var server = await StartServerAsync();
        var live = await OpenAsync(server.Address);

        await TabToAsync(live.Page, "consent");
        await live.Page.Keyboard.PressAsync("Enter");
        await TabToAsync(live.Page, "source-demo");
        await live.Page.Keyboard.PressAsync("Enter");
        await live.ExpectStateAsync("running");
        await TabToAsync(live.Page, "stop");
        await live.Page.Keyboard.PressAsync("Enter");
        await live.ExpectStateAsync("stopped");
        await TabToAsync(live.Page, "start");
        await live.Page.Keyboard.PressAsync("Enter");

        await live.ExpectStateAsync("running");
    }

    [Theory]
    [InlineData("en-GB", "en", "appears")]
    [InlineData("de-DE", "de", "wirkt")]
    [InlineData("fr-FR", "en", "appears")]
    public async Task Words_InEachLanguage_SayHowAFaceAppearsAndNeverWhatItIs(string locale, string language, string appears)
    {
        var server = await StartServerAsync();
        var live = await OpenAsync(server.Address, options: new() { Locale = locale });
        var notice = await live.Page.Locator("body").InnerTextAsync();

        await live.AgreeAsync();
        await live.Demo.ClickAsync();

        await Expect(live.FaceCard).ToContainTextAsync(appears);
        await Expect(live.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        Assert.DoesNotMatch(ClaimsToKnow(), notice);
        Assert.DoesNotMatch(ClaimsToKnow(), await live.Page.Locator("body").InnerTextAsync());
    }

    [Fact]
    public async Task Figures_WhileRunning_ShowRateDelayAndLosses()
    {
        var (_, live) = await OpenAgreedAsync();

        await live.Demo.ClickAsync();

        await Expect(live.Page.GetByTestId("fps")).ToHaveTextAsync(new Regex(@"^[1-9]\d*\.\d$"));
        await Expect(live.Page.GetByTestId("latency")).ToHaveTextAsync(new Regex(@"^\d+ ms$"));
        await Expect(live.Page.GetByTestId("latency-p95")).ToHaveTextAsync(new Regex(@"^\d+ ms$"));
        await Expect(live.Page.GetByTestId("drops")).ToHaveTextAsync(new Regex(@"^\d+$"));
    }

    [Fact]
    public async Task Overlay_WithAFace_IsDrawnAndGoesWithStop()
    {
        var (_, live) = await OpenAgreedAsync();

        await live.Demo.ClickAsync();
        await live.Page.WaitForFunctionAsync(OverlayHasInk);
        await live.Stop.ClickAsync();

        await live.Page.WaitForFunctionAsync($"() => !({OverlayHasInk})()");
    }

    private const string OverlayHasInk = """
        () => {
          const canvas = document.getElementById("overlay");
          if (canvas.width === 0 || canvas.height === 0) return false;
          return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0);
        }
        """;

    private static async Task ExpectNoSidewaysScrollAsync(IPage page) =>
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));

    /// <summary>The background's brightness, from 0 for black to 1 for white.</summary>
    private static async Task<double> BrightnessAsync(IPage page) => await page.EvaluateAsync<double>("""
        () => {
          const context = document.createElement("canvas").getContext("2d");
          context.fillStyle = getComputedStyle(document.body).backgroundColor;
          context.fillRect(0, 0, 1, 1);
          const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
          return (red + green + blue) / 765;
        }
        """);

    /// <summary>Chromium's own idea of roles and names: a control that a screen reader could only call "button" has no quoted name.</summary>
    private static async Task ExpectNamedControlsAsync(IPage page)
    {
        var lines = (await page.Locator("body").AriaSnapshotAsync()).Split('\n');
        var controls = lines.Where(line => Control().IsMatch(line)).ToList();
        Assert.NotEmpty(controls);
        Assert.All(controls, control => Assert.Contains("\"", control));
    }

    private static async Task TabToAsync(IPage page, string testId)
    {
        for (var presses = 0; presses < 40; presses++)
        {
            if (await page.EvaluateAsync<string?>("() => document.activeElement?.dataset.testid ?? null") == testId)
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"Tab never reaches {testId}.");
    }

    [GeneratedRegex(@"^\s*- (button|checkbox|combobox|link|textbox|radio|slider)\b")]
    private static partial Regex Control();

    [GeneratedRegex(
        @"\b(is|are|feels|ist|sind|fühlt sich) (neutral|happy|surprised?|sad|angry|disgust(ed)?|fear|afraid|contempt(uous)?|fröhlich|überrascht|traurig|wütend|angewidert|ängstlich|verächtlich)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex ClaimsToKnow();
}
