using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Corrections;
using EmotionStream.Faces.Emotion;
using EmotionStream.Tests.Kit;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>Corrections as people meet them: given under one's own face, looked through, learned from and erased by the operator.</summary>
public class LabPageTests(Browsers browsers) : LiveTest(browsers)
{
    private const string Key = "a key of the operator's";

    // A second on a quiet machine; on a busy one it gets what everything else leaves.
    private const float Retraining = 300_000;

    [Fact]
    public async Task Live_OfOnesOwnCamera_CanBeCorrected_WithTheKeyboardToo()
    {
        var server = await StartServerAsync($"--Storage:DataDirectory={TemporaryFolder()}");
        var live = await OpenAsync(server.Address);
        await live.AgreeAsync();
        await live.Camera.ClickAsync();
        await live.FaceIdAsync();
        var correction = live.Page.GetByTestId("correction").First;

        await correction.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Not right?" }).PressAsync("Enter");
        await correction.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "angry" }).PressAsync("Enter");

        await Expect(correction.GetByRole(Microsoft.Playwright.AriaRole.Status)).ToContainTextAsync("Thank you. Saved: angry");
        var kept = Assert.Single(await server.Service<CorrectionStore>().ListAsync(new CorrectionFilter(), 10, TestContext.Current.CancellationToken));
        Assert.Equal((4, "camera"), (kept.Label, kept.Source));
        Assert.NotEqual(4, kept.Answer);
    }

    [Fact]
    public async Task Live_OfTheDemo_CantBeCorrected_SinceItIsNobodysFace()
    {
        var server = await StartServerAsync();
        var live = await OpenAsync(server.Address);
        await live.AgreeAsync();
        await live.Demo.ClickAsync();
        await live.FaceIdAsync();

        await Expect(live.Page.GetByTestId("correction")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Lab_FiltersRetrainsAndErases(int width)
    {
        var server = await StartServerAsync($"--Storage:DataDirectory={TemporaryFolder()}", $"--Rooms:OperatorKey={Key}");
        await KeepAsync(server);
        var page = (await OpenAsync(new Uri(server.Address, "/lab.html"), options: new() { ViewportSize = new() { Width = width, Height = 844 } })).Page;
        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();

        await page.GetByLabel("Operator key").FillAsync("no key");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Open the lab" }).ClickAsync();
        await Expect(page.GetByTestId("problem")).ToContainTextAsync("not the operator key");
        await page.GetByLabel("Operator key").FillAsync(Key);
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Open the lab" }).ClickAsync();
        await Expect(page.GetByTestId("corrections-count")).ToHaveTextAsync("16 corrections");
        await Expect(page.GetByTestId("compare").GetByRole(Microsoft.Playwright.AriaRole.Table)).ToHaveCountAsync(1);
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        await page.GetByTestId("filter-label").SelectOptionAsync("sad");
        await Expect(page.GetByTestId("corrections-count")).ToHaveTextAsync("8 corrections");
        await page.GetByTestId("filter-label").SelectOptionAsync("");

        // Nobody looks like these, so what is learned is no better, and the page says why it was not promoted.
        await page.GetByTestId("retrain").ClickAsync();
        await Expect(page.GetByTestId("stage")).ToContainTextAsync("was not promoted. Only", new() { Timeout = Retraining });
        await Expect(page.GetByTestId("version")).ToContainTextAsync("from 9 corrections");
        await Expect(page.GetByTestId("compare").GetByRole(Microsoft.Playwright.AriaRole.Table)).ToHaveCountAsync(2);

        // Two matrices are read side by side, or one below the other, without being scrolled.
        var fits = await page.GetByTestId("compare").Locator(".scroll").EvaluateAllAsync<bool[]>("boxes => boxes.map((box) => box.scrollWidth <= box.clientWidth)");
        Assert.Equal([true, true], fits);

        await page.GetByTestId("erase-shown").ClickAsync();
        await Expect(page.GetByTestId("corrections-count")).ToHaveTextAsync("There are no corrections yet.");
    }

    private static async Task KeepAsync(TestServer server)
    {
        var model = server.Service<EmotionModel>();
        for (var i = 0; i < 16; i++)
        {
            await server.Service<CorrectionStore>().AddAsync(
                new Correction(
                    $"c{i:00}", i, Correction.ContributorOf($"person {i % 4}"), "camera", model.File.Sha256, i % 2 == 0 ? 3 : 0, 1,
                    new Half[model.Shape.EmbeddingSize]),
                100, TestContext.Current.CancellationToken);
        }
    }
}
