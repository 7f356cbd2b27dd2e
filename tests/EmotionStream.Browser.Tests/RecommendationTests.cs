using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Tests.Kit;
using Microsoft.Playwright;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>Movies, songs and books for a mood: chosen by hand without a camera, or taken from a face on Live.</summary>
public class RecommendationTests(Browsers browsers, SharedPages shared) : LiveTest(browsers, shared), IClassFixture<SharedPages>
{
    [Fact]
    public async Task AMoodChosenByHand_BringsWorks_ThatModeKindAndOthersChange()
    {
        var server = await StartServerAsync();
        var page = (await OpenAsync(new Uri(server.Address, "/upload.html"), Camera.None)).Page;

        await page.GetByTestId("mood-sad").ClickAsync();
        await Expect(page.GetByTestId("work")).ToHaveCountAsync(6);
        await Expect(page.GetByTestId("picked-for")).ToHaveTextAsync("Picked for: sad");
        await Expect(page.GetByTestId("work").First).ToContainTextAsync("goes with: sad");
        var matching = await TitlesAsync(page);

        await page.GetByTestId("mode-change").ClickAsync();
        await Expect(page.GetByTestId("work").First).ToContainTextAsync("away from: sad");
        Assert.NotEqual(matching, await TitlesAsync(page));

        await page.GetByTestId("media-books").ClickAsync();
        await Expect(page.GetByTestId("works")).ToHaveAttributeAsync("data-kind", "books");
        var books = await TitlesAsync(page);
        var others = await ChangedAsync(page, books, () => page.GetByTestId("others").ClickAsync());

        Assert.Empty(books.Intersect(others));
    }

    [Fact]
    public async Task EachWork_IsALinkThatTellsItsPageNothing()
    {
        var server = await StartServerAsync();
        var page = (await OpenAsync(new Uri(server.Address, "/upload.html"), Camera.None)).Page;

        await page.GetByTestId("mood-happy").ClickAsync();
        await Expect(page.GetByTestId("work")).ToHaveCountAsync(6);

        foreach (var link in await page.GetByTestId("work").GetByRole(AriaRole.Link).AllAsync())
        {
            await Expect(link).ToHaveAttributeAsync("rel", "noopener noreferrer");
            await Expect(link).ToHaveAttributeAsync("target", "_blank");
            Assert.StartsWith("https://", await link.GetAttributeAsync("href"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Keyboard_Alone_PicksAMoodAndOthers()
    {
        var server = await StartServerAsync();
        var page = (await OpenAsync(new Uri(server.Address, "/upload.html"), Camera.None)).Page;

        await page.GetByTestId("mood-fear").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("work")).ToHaveCountAsync(6);
        var first = await TitlesAsync(page);
        await page.GetByTestId("others").FocusAsync();
        await ChangedAsync(page, first, () => page.Keyboard.PressAsync("Space"));

        await Expect(page.GetByTestId("others")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task AServerThatIsGone_IsToldInWords()
    {
        var server = await StartServerAsync();
        var page = (await OpenAsync(new Uri(server.Address, "/upload.html"), Camera.None)).Page;
        await page.RouteAsync("**/api/v1/recommendations", route => route.AbortAsync());

        await page.GetByTestId("mood-sad").ClickAsync();

        await Expect(page.GetByTestId("recommendations")).ToContainTextAsync("can't be reached");
    }

    [Fact]
    public async Task OnLive_TheMoodIsTakenWhenAsked_AndDoesNotJumpWithTheFrames()
    {
        var (_, live) = await OpenAgreedAsync();
        await live.Page.GetByTestId("mood-face").ClickAsync();
        await Expect(live.Page.GetByTestId("recommendations")).ToContainTextAsync("No face was read in the last few seconds");
        await live.Demo.ClickAsync();
        await live.FaceIdAsync();
        await Expect(live.Page.GetByTestId("work")).ToHaveCountAsync(0);

        await live.Page.GetByTestId("mood-face").ClickAsync();
        await Expect(live.Page.GetByTestId("work")).ToHaveCountAsync(6);
        var picked = await TitlesAsync(live.Page);
        var dominant = (await live.FaceCard.GetAttributeAsync("data-dominant"))!;
        await Expect(live.FaceCard).Not.ToHaveAttributeAsync("data-dominant", dominant);

        Assert.Equal(picked, await TitlesAsync(live.Page));
    }

    private static Task<IReadOnlyList<string>> TitlesAsync(IPage page) => page.GetByTestId("work").Locator("b").AllInnerTextsAsync();

    /// <summary>Does something and waits until other works are there.</summary>
    private static async Task<IReadOnlyList<string>> ChangedAsync(IPage page, IReadOnlyList<string> before, Func<Task> act)
    {
        await act();
        await Expect(page.GetByTestId("work").First.Locator("b")).Not.ToHaveTextAsync(before[0]);
        return await TitlesAsync(page);
    }
}
