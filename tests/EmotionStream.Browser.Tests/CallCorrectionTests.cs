using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Contracts;
using EmotionStream.Corrections;
using EmotionStream.Tests.Kit;
using Microsoft.Playwright;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>In a call, people correct how their own face was read, and nobody else's.</summary>
public class CallCorrectionTests(Browsers browsers) : CallTest(browsers)
{
    [Fact]
    public async Task OwnFace_CanBeCorrected_WithTheKeyboard_AndNobodyElses()
    {
        var server = await StartServerAsync($"--Storage:DataDirectory={TemporaryFolder()}");
        var ann = await JoinAsync(server.Address, "Ann");
        await JoinAsync(server.Address, "Ben");
        await ann.ExpectOverlayAsync("Ben");

        await Expect(ann.NotRight.And(ann.Page.Locator(":visible"))).ToHaveCountAsync(1);
        await Expect(ann.Tile("Ben").GetByTestId("not-right")).ToHaveCountAsync(0);
        await ann.Tile("Ann").GetByTestId("not-right").PressAsync("Enter");
        await Expect(ann.Correction).ToBeVisibleAsync();
        await ann.Page.Keyboard.PressAsync("Escape");
        await Expect(ann.Correction).ToBeHiddenAsync();
        await Expect(ann.NotRight).ToBeFocusedAsync();
        await ann.Page.Keyboard.PressAsync("Enter");
        var read = (await ann.Correction.GetByText("appears ").TextContentAsync())!["appears ".Length..];
        await ann.Correction.GetByRole(AriaRole.Button, new() { Name = "contemptuous" }).PressAsync("Enter");

        await Expect(ann.Correction.GetByRole(AriaRole.Status)).ToHaveTextAsync($"Thank you. Saved: contemptuous instead of {read}.");
        await Expect(ann.Correction.GetByRole(AriaRole.Button, new() { Name = "Close" })).ToBeFocusedAsync();
        var kept = Assert.Single(await KeptAsync(server));
        Assert.Equal("contempt", EmotionLabels.All[kept.Label]);
        await ann.Correction.GetByRole(AriaRole.Button, new() { Name = "Delete all my corrections" }).ClickAsync();
        await Expect(ann.Correction.GetByRole(AriaRole.Status)).ToContainTextAsync("were deleted");
        Assert.Empty(await KeptAsync(server));

        await ann.Page.Keyboard.PressAsync("Escape");
        await ann.Stop.ClickAsync();
        await Expect(ann.NotRight).ToBeHiddenAsync();
    }

    [Fact]
    public async Task OwnFace_CanBeCorrected_OnAPhone()
    {
        var server = await StartServerAsync($"--Storage:DataDirectory={TemporaryFolder()}");
        foreach (var name in new[] { "Ben", "Cem" })
        {
            await (await OpenCallAsync(server.Address, Camera.Refused)).JoinAsync(name, "off");
        }

        var ann = await OpenCallAsync(
            server.Address, options: new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true });
        await ann.JoinAsync("Ann", "nothing");
        await Expect(ann.Tiles).ToHaveCountAsync(3);

        await Expect(ann.NotRight).ToBeVisibleAsync();
        // On one line: a second one would lie over the face.
        var (own, button) = ((await ann.Tile("Ann").Locator("b").BoundingBoxAsync())!, (await ann.NotRight.BoundingBoxAsync())!);
        Assert.InRange(button.Y + (button.Height / 2), own.Y, own.Y + own.Height);
        await ann.NotRight.TapAsync();
        var label = ann.Correction.GetByRole(AriaRole.Button, new() { Name = "contempt" });
        Assert.True((await label.BoundingBoxAsync())!.Height >= 44);
        await label.TapAsync();

        await Expect(ann.Correction.GetByRole(AriaRole.Status)).ToContainTextAsync("Thank you. Saved: contempt");
        await ann.Correction.GetByRole(AriaRole.Button, new() { Name = "Close" }).TapAsync();
        await Expect(ann.Correction).ToBeHiddenAsync();
        Assert.Equal(390, await ann.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task OwnFace_IsNotOfferedForCorrection_WhereTheServerTakesNone()
    {
        var server = await StartServerAsync("--Feedback:Enabled=false");
        var ann = await JoinAsync(server.Address, "Ann");

        await Expect(ann.Reading("Ann")).ToContainTextAsync("appears");

        await Expect(ann.NotRight).ToBeHiddenAsync();
    }

    private static Task<List<Correction>> KeptAsync(TestServer server) =>
        server.Service<CorrectionStore>().ListAsync(new CorrectionFilter(), 10, TestContext.Current.CancellationToken);
}
