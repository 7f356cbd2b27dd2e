using EmotionStream.Tests.Kit;
using Microsoft.Playwright;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests.Kit;

/// <summary>What tests of the page for pictures share: opening it, and giving it pictures as people do.</summary>
public abstract class UploadTest(Browsers browsers, SharedPages? shared = null) : LiveTest(browsers, shared)
{
    private protected static FilePayload Picture(string name, byte[] content) => new() { Name = name, MimeType = "image/jpeg", Buffer = content };

    private protected static async Task PickAsync(IPage page, params FilePayload[] files)
    {
        var dialog = await page.RunAndWaitForFileChooserAsync(() => page.GetByTestId("choose").ClickAsync());
        await dialog.SetFilesAsync(files);
    }

    private protected async Task<LivePage> OpenUploadAsync(BrowserNewContextOptions? options = null, params string[] settings)
    {
        var server = await StartServerAsync(settings);
        var page = await OpenAsync(new Uri(server.Address, "/upload.html"), options: options);
        // The notice is complete before the page takes anything.
        await Expect(page.Page.GetByTestId("mood-face")).ToBeVisibleAsync();
        return page;
    }
}
