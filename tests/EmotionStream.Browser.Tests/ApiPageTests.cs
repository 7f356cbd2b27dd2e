using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Tests.Kit;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>The page that describes the HTTP endpoints.</summary>
public class ApiPageTests(Browsers browsers, SharedPages shared) : LiveTest(browsers, shared), IClassFixture<SharedPages>
{
    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task ApiPage_OfAnyWidth_ShowsEveryEndpoint_AndLeadsToShapes(int width)
    {
        var server = await StartServerAsync();

        var page = (await OpenAsync(new Uri(server.Address, "/api.html"), options: new() { ViewportSize = new() { Width = width, Height = 844 } })).Page;

        var reference = page.GetByTestId("reference");
        await Expect(reference).ToContainTextAsync("/api/v1/images");
        await Expect(reference).ToContainTextAsync("/analyze");
        await reference.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "StillReadingList" }).First.ClickAsync();
        await Expect(page.Locator("#shape-StillReadingList")).ToBeInViewportAsync();
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
