using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Tests.Kit;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>The page about the models that run.</summary>
public class ModelPageTests(Browsers browsers, SharedPages shared) : LiveTest(browsers, shared), IClassFixture<SharedPages>
{
    [Fact]
    public async Task ModelPage_ShowsTheFigures_OfTheFileThatRuns()
    {
        var server = await StartServerAsync();

        var page = (await OpenAsync(new Uri(server.Address, "/model.html"))).Page;

        await Expect(page.GetByTestId("models")).ToContainTextAsync("emotion.onnx");
        await Expect(page.GetByTestId("confusion").GetByRole(Microsoft.Playwright.AriaRole.Row)).ToHaveCountAsync(9);
        await Expect(page.GetByTestId("face-figures")).ToContainTextAsync("crowd");
        // Shown only where the figures were measured with another file.
        await Expect(page.GetByTestId("emotion-note")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task ModelPage_OfAnyWidth_NeverScrollsSideways(int width)
    {
        var server = await StartServerAsync();

        var page = (await OpenAsync(new Uri(server.Address, "/model.html"), options: new() { ViewportSize = new() { Width = width, Height = 844 } })).Page;

        await Expect(page.GetByTestId("face-figures")).ToContainTextAsync("crowd");
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
