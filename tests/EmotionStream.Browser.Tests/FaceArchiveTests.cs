using System.Security.Cryptography;
using EmotionStream.Archive;
using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Corrections;
using EmotionStream.Faces.Emotion;
using EmotionStream.Tests.Kit;
using Microsoft.Playwright;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>The face archive as people meet it: opting in, seeing what is kept, deleting it and opting out; and as the operator does.</summary>
public class FaceArchiveTests(Browsers browsers) : CallTest(browsers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Live_WhoOptsIn_SeesTheirCorrectedFace_DeletesIt_AndOptsOut()
    {
        var server = await StartServerAsync($"--Storage:DataDirectory={TemporaryFolder()}", $"--Archive:Key={NewKey()}");
        var live = await OpenAsync(server.Address);
        var page = live.Page;
        var (agree, said) = (page.GetByTestId("face-archive-agree"), page.GetByTestId("face-archive-said"));
        await live.AgreeAsync();
        await live.Camera.ClickAsync();
        await live.FaceIdAsync();
        await Expect(agree).Not.ToBeCheckedAsync();

        await agree.PressAsync("Space");
        await Expect(said).ToContainTextAsync("On.");
        var (store, desk) = (server.Service<ArchiveStore>(), server.Service<ArchiveService>());
        await TestTimeouts.UntilAsync(() => desk.HeldCrops > 0, "the face that is in the picture is held");
        await CorrectAsync(page, "angry");
        await CorrectAsync(page, "afraid");

        await page.GetByTestId("face-archive-show").ClickAsync();
        var faces = page.GetByTestId("kept-face");
        await Expect(faces).ToHaveCountAsync(2);
        Assert.True(await faces.First.Locator("canvas").EvaluateAsync<bool>(
            "canvas => new Set(canvas.getContext('2d').getImageData(0, 0, 48, 48).data).size > 20"));
        await faces.Filter(new() { HasText = "angry" }).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(faces).ToHaveCountAsync(1);
        await Expect(faces).ToContainTextAsync("afraid");
        await page.ReloadAsync();
        await live.AgreeAsync();
        await Expect(agree).ToBeCheckedAsync();
        await agree.PressAsync("Space");

        await Expect(said).ToHaveTextAsync("Off. 1 picture was deleted.");
        Assert.Empty(await store.ListAsync(new CorrectionFilter(), 10, Cancellation));
        Assert.Equal(0, desk.HeldCrops);
    }

    [Fact]
    public async Task APicture_IsKept_OnceItsPersonHasOptedIn()
    {
        var server = await StartServerAsync($"--Storage:DataDirectory={TemporaryFolder()}", $"--Archive:Key={NewKey()}");
        var page = (await OpenAsync(new Uri(server.Address, "/upload.html"))).Page;
        await Expect(page.GetByTestId("mood-face")).ToBeVisibleAsync();
        await page.GetByTestId("file").SetInputFilesAsync(new FilePayload { Name = "a.jpg", MimeType = "image/jpeg", Buffer = TestPictures.Face("happy") });
        var status = page.GetByTestId("correction").GetByRole(AriaRole.Status);

        await page.GetByTestId("not-right").ClickAsync();
        await Expect(page.GetByTestId("correction")).ToContainTextAsync("the picture is not");
        await page.GetByTestId("correct-sad").ClickAsync();
        await Expect(status).ToContainTextAsync("Saved: sad instead of happy.");
        await page.GetByTestId("take-back").ClickAsync();
        await Expect(status).ToContainTextAsync("were deleted");
        await page.GetByTestId("face-archive-agree").PressAsync("Space");
        await Expect(page.GetByTestId("face-archive-said")).ToContainTextAsync("On.");
        await page.GetByTestId("not-right").ClickAsync();
        await page.GetByTestId("correct-sad").ClickAsync();

        await Expect(status).ToContainTextAsync("The picture of your face was saved, too.");
        await Expect(page.GetByTestId("face-archive-show")).ToHaveTextAsync("Saved faces: 1");
        Assert.Single(await server.Service<ArchiveStore>().ListAsync(new CorrectionFilter(), 10, Cancellation));
    }

    [Fact]
    public async Task ACallsOwnFace_IsKept_AndShownInItsDialog_NotOverIt()
    {
        var server = await StartServerAsync($"--Storage:DataDirectory={TemporaryFolder()}", $"--Archive:Key={NewKey()}");
        var ann = await JoinAsync(server.Address, "Ann", "nothing");
        await ann.NotRight.ClickAsync();

        await ann.Correction.GetByTestId("face-archive-agree").PressAsync("Space");
        await Expect(ann.Correction.GetByTestId("face-archive-said")).ToContainTextAsync("On.");
        await TestTimeouts.UntilAsync(() => server.Service<ArchiveService>().HeldCrops > 0, "the face that is in the picture is held");
        // Opened again, it is about what the camera shows now.
        await ann.Page.Keyboard.PressAsync("Escape");
        await ann.NotRight.ClickAsync();
        await ann.Correction.GetByRole(AriaRole.Button, new() { Name = "contemptuous" }).ClickAsync();
        await Expect(ann.Correction).ToContainTextAsync("The picture of your face was saved, too.");
        await ann.Correction.GetByTestId("face-archive-show").ClickAsync();

        var face = (await ann.Correction.Locator("canvas").BoundingBoxAsync())!;
        var tile = (await ann.Correction.GetByTestId("kept-face").BoundingBoxAsync())!;
        Assert.True(face.X >= tile.X && face.Y >= tile.Y && face.X + face.Width <= tile.X + tile.Width && face.Y + face.Height <= tile.Y + tile.Height);
    }

    [Fact]
    public async Task WhereTheServerTakesNoCorrections_LiveOffersNone()
    {
        var server = await StartServerAsync("--Feedback:Enabled=false", $"--Archive:Key={NewKey()}");
        var live = await OpenAsync(server.Address);
        await live.AgreeAsync();
        await live.Camera.ClickAsync();

        await live.FaceIdAsync();

        await Expect(live.Page.GetByTestId("correction")).ToHaveCountAsync(0);
        await Expect(live.Page.GetByTestId("face-archive")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task WithoutAKey_ThePageOffersNothing()
    {
        var (_, live) = await OpenAgreedAsync();
        var asked = live.Page.WaitForResponseAsync(reply => reply.Url.EndsWith("/archive/terms", StringComparison.Ordinal));
        await live.Camera.ClickAsync();
        await asked;
        await live.FaceIdAsync();

        await Expect(live.Page.GetByTestId("correction")).ToHaveCountAsync(1);
        await Expect(live.Page.GetByTestId("face-archive")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Lab_ShowsFacesByEmotion_SaysWhichCantBeRead_AndDeletes(int width)
    {
        var folder = TemporaryFolder();
        var server = await StartServerAsync($"--Storage:DataDirectory={folder}", $"--Archive:Key={NewKey()}");
        await KeepAsync(server, server.Service<FaceEncryption>(), "sad one", 3);
        await KeepAsync(server, server.Service<FaceEncryption>(), "angry one", 4);
        await KeepAsync(server, new FaceEncryption(Microsoft.Extensions.Options.Options.Create(new ArchiveOptions { Key = NewKey() })), "another", 4);
        var page = (await OpenAsync(new Uri(server.Address, "/lab.html"), options: new() { ViewportSize = new() { Width = width, Height = 844 } })).Page;
        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        var faces = page.GetByTestId("kept-face");

        await Expect(page.GetByTestId("archive-count")).ToHaveTextAsync("3 faces");
        await Expect(faces.Filter(new() { HasText = "Stored under another key." })).ToHaveCountAsync(1);
        await Expect(faces.Locator("canvas")).ToHaveCountAsync(2);
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        await page.GetByTestId("archive-label").SelectOptionAsync("sad");
        await Expect(page.GetByTestId("archive-count")).ToHaveTextAsync("1 face");
        await faces.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByTestId("archive-count")).ToHaveTextAsync("No stored face matches.");
        await page.GetByTestId("archive-label").SelectOptionAsync("");
        await page.GetByTestId("archive-delete").ClickAsync();
        await Expect(page.GetByTestId("archive-count")).ToHaveTextAsync("No faces are stored.");
        await Expect(page.GetByTestId("corrections-count")).ToHaveTextAsync("3 corrections");
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(ArchiveOptions.KeyBytes));

    private static async Task CorrectAsync(IPage page, string emotion)
    {
        var correction = page.GetByTestId("correction").First;
        await correction.GetByRole(AriaRole.Button, new() { Name = "Not right?" }).ClickAsync();
        await correction.GetByRole(AriaRole.Button, new() { Name = emotion }).ClickAsync();
        await Expect(correction.GetByRole(AriaRole.Status)).ToContainTextAsync($"Saved: {emotion}");
        await Expect(correction.GetByRole(AriaRole.Status)).ToContainTextAsync("The picture of your face was saved, too.");
    }

    private static async Task KeepAsync(TestServer server, FaceEncryption encryption, string id, int label)
    {
        var model = server.Service<EmotionModel>();
        var correction = new Correction(id, label, Correction.ContributorOf("a person"), "camera", model.File.Sha256, label, 1, new Half[model.Shape.EmbeddingSize]);
        var store = server.Service<ArchiveStore>();
        await store.OptInAsync(correction.Contributor, 1, 10, Cancellation);
        Assert.Equal((true, true), await store.AddAsync(correction, encryption.Encrypt(correction, RandomNumberGenerator.GetBytes(48 * 48)), 100, Cancellation));
    }
}
