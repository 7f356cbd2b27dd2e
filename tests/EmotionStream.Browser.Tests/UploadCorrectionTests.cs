using System.Text.Json;
using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Tests.Kit;
using Microsoft.Playwright;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>What a person says of a misread face in a picture, and what becomes of it.</summary>
public class UploadCorrectionTests(Browsers browsers) : UploadTest(browsers)
{
    [Fact]
    public async Task NotRight_HandsInWhatThePersonSays_AndTakesItBack()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        var page = (await OpenUploadAsync(settings: place.Settings)).Page;
        var status = page.GetByTestId("correction").GetByRole(AriaRole.Status);
        await PickAsync(page, Picture("a.jpg", TestPictures.Face("happy")));

        await page.GetByTestId("not-right").ClickAsync();
        await Expect(page.GetByTestId("correction")).ToContainTextAsync("only your own face");
        await Expect(page.GetByTestId("correct-happy")).ToHaveCountAsync(0);
        await page.GetByTestId("correct-sad").ClickAsync();
        await Expect(status).ToContainTextAsync("Saved: sad instead of happy");
        await Expect(page.GetByTestId("not-right")).ToBeHiddenAsync();
        await Expect(page.GetByTestId("take-back")).ToBeFocusedAsync();
        Assert.Equal(["sad rather than happy"], await CorrectionsAsync(page));
        await page.GetByTestId("take-back").ClickAsync();

        await Expect(status).ToContainTextAsync("were deleted");
        Assert.Empty(await CorrectionsAsync(page));
        await Expect(page.GetByTestId("not-right")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task NotRight_RefusedByTheServer_SaysWhy_AndKeepsTheKeyboardWhereItWas()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        var page = (await OpenUploadAsync(settings: [.. place.Settings, "--Feedback:MaxPerMinute=1"])).Page;
        var status = page.GetByTestId("correction").GetByRole(AriaRole.Status);
        await PickAsync(page, Picture("a.jpg", TestPictures.Face("happy")));
        await page.GetByTestId("not-right").PressAsync("Enter");
        await page.GetByTestId("correct-sad").PressAsync("Enter");
        await Expect(page.GetByTestId("take-back")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("not-right")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await page.GetByTestId("correct-angry").PressAsync("Enter");

        await Expect(status).ToContainTextAsync("Too many corrections at once");
        await Expect(page.GetByTestId("correct-angry")).ToBeFocusedAsync();
        Assert.Empty(await CorrectionsAsync(page));
    }

    [Fact]
    public async Task NotRight_IsNotThere_WhereTheServerTakesNoCorrections()
    {
        var page = (await OpenUploadAsync(settings: ["--Feedback:Enabled=false"])).Page;

        await PickAsync(page, Picture("a.jpg", TestPictures.Face("happy")));

        await Expect(page.GetByTestId("face-card")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("not-right")).ToHaveCountAsync(0);
    }

    /// <summary>What the server keeps, as its operator sees it.</summary>
    private static async Task<List<string>> CorrectionsAsync(IPage page)
    {
        using var http = new HttpClient();
        var kept = await http.GetStringAsync(new Uri(new Uri(page.Url), "/api/v1/corrections"), TestContext.Current.CancellationToken);
        using var answer = JsonDocument.Parse(kept);
        return
        [
            .. answer.RootElement.GetProperty("corrections").EnumerateArray()
                .Select(correction => $"{correction.GetProperty("label")} rather than {correction.GetProperty("answer")}"),
        ];
    }
}
