using Microsoft.Playwright;

namespace EmotionStream.Browser.Tests.Kit;

/// <summary>The Live page as a person meets it: what can be seen and pressed, each named once.</summary>
internal sealed class LivePage(IPage page)
{
    /// <summary>Milliseconds that a page may take; long, because the machines are shared.</summary>
    public const float Patience = 120_000;

    public IPage Page => page;

    public ILocator Notice => page.GetByTestId("notice");

    public ILocator Purpose => page.GetByTestId("purpose");

    public ILocator Consent => page.GetByTestId("consent");

    public ILocator Withdraw => page.GetByTestId("withdraw");

    public ILocator Camera => page.GetByTestId("source-camera");

    public ILocator Demo => page.GetByTestId("source-demo");

    public ILocator FileButton => page.GetByTestId("source-file");

    public ILocator FileInput => page.GetByTestId("file");

    public ILocator Start => page.GetByTestId("start");

    public ILocator Stop => page.GetByTestId("stop");

    public ILocator Status => page.GetByTestId("status");

    public ILocator Sign => page.GetByTestId("sign");

    public ILocator Error => page.GetByTestId("error");

    public ILocator FaceCard => page.GetByTestId("face-card");

    public ILocator ExportCsv => page.GetByTestId("export-csv");

    public ILocator ExportJson => page.GetByTestId("export-json");

    public ILocator Snapshot => page.GetByTestId("snapshot");

    public static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    public async Task AgreeAsync(string purpose = "personal")
    {
        await Purpose.SelectOptionAsync(purpose);
        await Consent.ClickAsync();
    }

    /// <summary>Waits until the status line says it: ready, opening, connecting, running, reconnecting or stopped.</summary>
    public Task ExpectStateAsync(string state) => Expect(Status).ToHaveAttributeAsync("data-state", state);

    /// <summary>Waits until the one face in the picture appears so.</summary>
    public Task ExpectDominantAsync(string emotion) => Expect(FaceCard).ToHaveAttributeAsync("data-dominant", emotion);

    /// <summary>The number of the one face in the picture, once there is one.</summary>
    public async Task<string> FaceIdAsync()
    {
        await Expect(FaceCard).ToHaveCountAsync(1);
        return (await FaceCard.GetAttributeAsync("data-face-id"))!;
    }

    /// <summary>Chooses a file as a person does: with the button and the browser's own dialog.</summary>
    public async Task ChooseAsync(FilePayload file)
    {
        var dialog = await page.RunAndWaitForFileChooserAsync(() => FileButton.ClickAsync());
        await dialog.SetFilesAsync(file);
    }

    /// <summary>Drops a file on the page.</summary>
    public async Task DropAsync(string name, string type, byte[] content)
    {
        var files = await page.EvaluateHandleAsync(
            """
            ([name, type, content]) => {
              const files = new DataTransfer();
              files.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], name, { type }));
              return files;
            }
            """,
            new[] { name, type, Convert.ToBase64String(content) });
        await page.Locator("body").DispatchEventAsync("drop", new { dataTransfer = files });
    }

    public async Task<Recording> RecordingAsync()
    {
        var download = await page.RunAndWaitForDownloadAsync(() => ExportJson.ClickAsync());
        return Recording.Parse(await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
    }
}
