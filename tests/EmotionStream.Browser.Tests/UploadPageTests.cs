using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Tests.Kit;
using Microsoft.Playwright;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>The page for pictures: every way in, several faces, what goes wrong, and what leaves the page.</summary>
public partial class UploadPageTests(Browsers browsers, SharedPages shared) : UploadTest(browsers, shared), IClassFixture<SharedPages>
{
    [Theory]
    [InlineData("picked")]
    [InlineData("dropped")]
    [InlineData("pasted")]
    public async Task APicture_HoweverItComesIn_IsReadAndShownInWordsAndBars(string way)
    {
        var page = await OpenUploadAsync();

        await BringInAsync(page, way, TestPictures.Face("happy"));

        await Expect(page.Page.GetByTestId("face-card")).ToHaveAttributeAsync("data-dominant", "happy");
        await Expect(page.Page.GetByTestId("face-card")).ToContainTextAsync(new Regex(@"appears happy \d+%"));
        await Expect(page.Page.GetByTestId("face-card")).ToContainTextAsync("Most people would");
        await Expect(page.Page.GetByTestId("notice")).ToBeHiddenAsync();
        var shares = await SharesAsync(page.Page);
        Assert.Equal(8, shares.Count);
        Assert.Equal(shares.OrderDescending(), shares);
    }

    [Fact]
    public async Task SeveralPictures_StandInARow_AndEachShowsItsOwnFaces()
    {
        var page = (await OpenUploadAsync()).Page;

        await PickAsync(page, Picture("a.jpg", TestPictures.Face("happy")), Picture("b.jpg", TestPictures.Face("surprise")));
        await Expect(page.Locator("[data-testid=thumb][data-state=read]")).ToHaveCountAsync(2);
        await Expect(page.GetByTestId("face-card")).ToHaveAttributeAsync("data-dominant", "happy");
        await page.GetByTestId("thumb").Nth(1).GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(page.GetByTestId("face-card")).ToHaveAttributeAsync("data-dominant", "surprise");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove b.jpg" }).ClickAsync();

        await Expect(page.GetByTestId("thumb")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("face-card")).ToHaveAttributeAsync("data-dominant", "happy");
    }

    [Fact]
    public async Task SeveralFaces_AreChosenByMouseAndByKeyboard_AndTheWorksFollow()
    {
        var page = (await OpenUploadAsync()).Page;
        await PickAsync(page, Picture("two.jpg", TestPictures.Faces(640, 480, ("happy", 0.25, 0.5, 220), ("surprise", 0.75, 0.5, 220))));
        var happy = page.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex("appears happy") });
        var surprised = page.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex("appears surprised") });

        await surprised.ClickAsync();
        await Expect(surprised).ToBeCheckedAsync();
        await Expect(page.Locator(".face-card.selected")).ToHaveAttributeAsync("data-dominant", "surprise");
        await Expect(page.GetByTestId("picked-for")).ToContainTextAsync("Picked for: surprised");
        await Expect(page.GetByTestId("work")).ToHaveCountAsync(6);
        await page.Keyboard.PressAsync("ArrowRight");

        await Expect(happy).ToBeCheckedAsync();
        await Expect(happy).ToBeFocusedAsync();
        await Expect(page.Locator(".face-card.selected")).ToHaveAttributeAsync("data-dominant", "happy");
        await Expect(page.GetByTestId("announcer")).ToContainTextAsync("appears happy");
        await Expect(page.GetByTestId("picked-for")).ToContainTextAsync("Picked for: happy");
        await Expect(page.GetByTestId("work")).ToHaveCountAsync(6);
    }

    [Fact]
    public async Task AMark_LiesOnItsFace()
    {
        var page = (await OpenUploadAsync()).Page;
        await PickAsync(page, Picture("one.jpg", TestPictures.Faces(640, 480, ("happy", 0.25, 0.5, 220))));

        var mark = (await page.GetByTestId("mark").BoundingBoxAsync())!;
        var stage = (await page.GetByTestId("stage").BoundingBoxAsync())!;

        Assert.Equal(640.0 / 480, stage.Width / stage.Height, tolerance: 0.02);
        Assert.Equal(0.25, (mark.X + (mark.Width / 2) - stage.X) / stage.Width, tolerance: 0.03);
        Assert.Equal(0.5, (mark.Y + (mark.Height / 2) - stage.Y) / stage.Height, tolerance: 0.03);
    }

    [Fact]
    public async Task HeatMap_IsDrawnOnDemand()
    {
        var page = (await OpenUploadAsync()).Page;
        await PickAsync(page, Picture("a.jpg", TestPictures.Face("happy")));
        await Expect(page.GetByTestId("face-card")).ToHaveCountAsync(1);
        var without = await InkAsync(page);

        await page.GetByTestId("show-heatmap").CheckAsync();

        Assert.True(await InkAsync(page) > 1.5 * without);
    }

    [Theory]
    [InlineData("notes.txt", "text/plain")]
    [InlineData("broken.jpg", "image/jpeg")]
    public async Task AFileThatIsNoPicture_IsExplained_AndTheOthersAreRead(string name, string type)
    {
        var page = (await OpenUploadAsync()).Page;

        await PickAsync(page, new FilePayload { Name = name, MimeType = type, Buffer = "not a picture"u8.ToArray() }, Picture("a.jpg", TestPictures.Face("happy")));

        await Expect(page.GetByTestId("stage-message")).ToContainTextAsync("not a picture that can be read");
        await Expect(page.GetByTestId("retry")).ToBeHiddenAsync();
        await Expect(page.Locator("[data-testid=thumb][data-state=failed]")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-testid=thumb][data-state=read]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task APictureOfNobody_SaysSo()
    {
        var page = (await OpenUploadAsync()).Page;

        await PickAsync(page, Picture("wall.jpg", TestPictures.Empty()));

        await Expect(page.GetByTestId("faces-empty")).ToContainTextAsync("No face was found");
        await Expect(page.GetByTestId("stage-message")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData(413, "request_too_large", "too large")]
    [InlineData(503, "busy", "busy with other pictures")]
    [InlineData(502, null, "could not read")]
    [InlineData(0, null, "can't be reached")]
    public async Task ARefusal_IsToldInWords_AndMayBeTriedAgainWhereThatCanHelp(int status, string? code, string told)
    {
        var page = (await OpenUploadAsync()).Page;
        await page.RouteAsync("**/api/v1/images?*", route => status == 0
            ? route.AbortAsync()
            : route.FulfillAsync(new() { Status = status, ContentType = "application/problem+json", Body = code is null ? "<html>" : $$"""{"code": "{{code}}"}""" }));
        await PickAsync(page, Picture("a.jpg", TestPictures.Face("happy")));
        await Expect(page.GetByTestId("stage-message")).ToContainTextAsync(told);
        await page.UnrouteAllAsync();
        if (status == 413)
        {
            await Expect(page.GetByTestId("retry")).ToBeHiddenAsync();
            return;
        }

        await page.GetByTestId("retry").ClickAsync();

        await Expect(page.GetByTestId("face-card")).ToHaveAttributeAsync("data-dominant", "happy");
    }

    [Fact]
    public async Task WhatIsSent_IsUprightSmallAndWithoutPlaceOrCamera()
    {
        var page = (await OpenUploadAsync()).Page;
        byte[] secret = [0xFF, 0xE1, 0x00, 0x20, .. "Exif\0\0taken at a secret place"u8];
        secret[3] = (byte)(secret.Length - 2);
        var picture = TestPictures.Face("happy");

        await PickAsync(page, Picture("a.jpg", [.. picture[..2], .. secret, .. picture[2..]]));
        await Expect(page.GetByTestId("face-card")).ToHaveCountAsync(1);

        // The page shows the very bytes that it sends.
        var sent = await page.EvaluateAsync<string>("async () => new TextDecoder('latin1').decode(await (await fetch(document.getElementById('picture').src)).arrayBuffer())");
        Assert.DoesNotContain("secret place", sent);
        Assert.DoesNotContain("Exif", sent);
        Assert.Contains("JFIF", sent);
    }

    [Fact]
    public async Task Demo_ShowsEveryExpressionThatItHas()
    {
        var page = (await OpenUploadAsync()).Page;

        await page.GetByTestId("demo").ClickAsync();

        await Expect(page.Locator("[data-testid=thumb][data-state=read]")).ToHaveCountAsync(6);
        await Expect(page.GetByTestId("face-card")).ToHaveAttributeAsync("data-dominant", "neutral");
        await Expect(page.GetByTestId("caption")).ToHaveTextAsync(new Regex(@"^average of \d+ faces, not a real person$"));
    }

    [Fact]
    public async Task Exports_HoldEveryPicture()
    {
        var page = (await OpenUploadAsync()).Page;
        await PickAsync(page, Picture("a.jpg", TestPictures.Face("happy")), Picture("wall.jpg", TestPictures.Empty()));
        await Expect(page.Locator("[data-testid=thumb][data-state=read]")).ToHaveCountAsync(2);

        var csv = (await DownloadAsync(page, "export-csv")).TrimEnd().Split("\r\n");
        using var json = JsonDocument.Parse(await DownloadAsync(page, "export-json"));

        Assert.Equal(3, csv.Length);
        Assert.StartsWith("a.jpg,", csv[1], StringComparison.Ordinal);
        Assert.Contains(",happy,", csv[1], StringComparison.Ordinal);
        Assert.Equal(2, json.RootElement.GetProperty("pictures").GetArrayLength());
    }

    [Fact]
    public async Task RemovingAll_LeadsBackToTheNotice_AndToAFreshStart()
    {
        var page = (await OpenUploadAsync()).Page;
        await PickAsync(page, Picture("a.jpg", TestPictures.Face("happy")));

        await page.GetByTestId("remove-all").ClickAsync();

        await Expect(page.GetByTestId("notice")).ToContainTextAsync("Pictures are discarded as soon as they have been read");
        await Expect(page.GetByTestId("choose")).ToBeFocusedAsync();
        await PickAsync(page, Picture("b.jpg", TestPictures.Face("surprise")));

        await Expect(page.GetByTestId("thumb")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("face-card")).ToHaveAttributeAsync("data-dominant", "surprise");
    }

    [Theory]
    [InlineData(1280, "en-US", "appears")]
    [InlineData(390, "de-DE", "wirkt")]
    [InlineData(320, "en-US", "appears")]
    public async Task ThePage_OfAnyWidth_NeverScrollsSidewaysAndNamesItsControls(int width, string locale, string appears)
    {
        var page = (await OpenUploadAsync(new() { Locale = locale, ViewportSize = new() { Width = width, Height = 844 } })).Page;
        await ExpectFittingAsync(page, width);

        await PickAsync(page, Picture("two.jpg", TestPictures.Faces(640, 480, ("happy", 0.25, 0.5, 220), ("surprise", 0.75, 0.5, 220))));
        await Expect(page.GetByTestId("work").First).ToBeVisibleAsync();

        await Expect(page.GetByTestId("face-card").First).ToContainTextAsync(appears);
        await ExpectFittingAsync(page, width);
    }

    private static Task BringInAsync(LivePage page, string way, byte[] picture) => way switch
    {
        "picked" => PickAsync(page.Page, Picture("a.jpg", picture)),
        "dropped" => page.DropAsync("a.jpg", "image/jpeg", picture),
        _ => page.Page.EvaluateAsync(
            """
            (content) => {
              const files = new DataTransfer();
              files.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], "image.png", { type: "image/jpeg" }));
              document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: files, bubbles: true }));
            }
            """,
            Convert.ToBase64String(picture)),
    };

    private static async Task<List<int>> SharesAsync(IPage page) =>
        [.. (await page.Locator(".face-card .percent").AllInnerTextsAsync()).Select(text => int.Parse(text.TrimEnd('%'), CultureInfo.InvariantCulture))];

    /// <summary>How many of the overlay's pixels are drawn on.</summary>
    private static Task<int> InkAsync(IPage page) => page.EvaluateAsync<int>("""
        () => {
          const canvas = document.getElementById("overlay");
          return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.filter((value, index) => index % 4 === 3 && value > 0).length;
        }
        """);

    private static async Task<string> DownloadAsync(IPage page, string button)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId(button).ClickAsync());
        return await File.ReadAllTextAsync(await download.PathAsync(), Encoding.UTF8, TestContext.Current.CancellationToken);
    }

    private static async Task ExpectFittingAsync(IPage page, int width)
    {
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        var controls = (await page.Locator("body").AriaSnapshotAsync()).Split('\n').Where(line => Control().IsMatch(line)).ToList();
        Assert.NotEmpty(controls);
        Assert.All(controls, control => Assert.Contains("\"", control));
    }

    [GeneratedRegex(@"^\s*- (button|checkbox|combobox|link|textbox|radio|slider)\b")]
    private static partial Regex Control();
}
