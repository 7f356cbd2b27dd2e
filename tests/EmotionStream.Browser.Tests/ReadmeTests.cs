using System.Text.RegularExpressions;
using EmotionStream.Browser.Tests.Kit;
using Microsoft.Playwright;

namespace EmotionStream.Browser.Tests;

/// <summary>The README's example is what people copy, so it runs here as it stands.</summary>
public partial class ReadmeTests(Browsers browsers) : LiveTest(browsers)
{
    [Fact]
    public async Task Example_PutsAnOverlayOnAPagesVideo_InTwentyLines()
    {
        var example = HtmlBlock().Match(await File.ReadAllTextAsync(FindReadme(), TestContext.Current.CancellationToken)).Groups["html"].Value;
        using var film = FaceClip.MakeVideo();
        var server = await StartServerAsync();
        // Served by the server itself: to a page that Playwright makes up, Chromium refuses sockets on this machine.
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "wwwroot", "example"));
        File.Copy(film.Path, Path.Combine(folder.FullName, "talk.webm"), overwrite: true);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "index.html"), example, TestContext.Current.CancellationToken);

        var page = (await OpenAsync(new Uri(server.Address, "/example/"))).Page;
        await page.GetByText("Everybody in it agrees").ClickAsync();

        Assert.InRange(example.Trim().Split('\n').Length, 1, 20);
        await ExpectDrawnAsync(page, drawn: true);
        await page.GetByText("Stop").ClickAsync();
        await ExpectDrawnAsync(page, drawn: false);
        await server.NoSessionAsync();
        folder.Delete(recursive: true);
    }

    private static Task<IJSHandle> ExpectDrawnAsync(IPage page, bool drawn) =>
        page.WaitForFunctionAsync(
            """
            (drawn) => {
              const canvas = document.querySelector("canvas");
              const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              return data.some((value) => value > 0) === drawn;
            }
            """,
            drawn);

    [GeneratedRegex(@"```html\n(?<html>.*?)```", RegexOptions.Singleline)]
    private static partial Regex HtmlBlock();

    private static string FindReadme()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "EmotionStream.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return Path.Combine(folder.FullName, "README.md");
    }
}
