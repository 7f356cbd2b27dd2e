using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Tests.Kit;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>No page needs anything that its own content security policy forbids.</summary>
public class ContentPolicyTests(Browsers browsers, SharedPages shared) : LiveTest(browsers, shared), IClassFixture<SharedPages>
{
    private static readonly (string Path, string Ready)[] Pages =
    [
        ("/room.html?room=policy", "notice"), ("/dashboard.html?room=policy", "people-count"), ("/overlay.html?room=policy&person=Ada", "panel"),
        ("/model.html", "confusion"), ("/lab.html", "headline"), ("/api.html", "reference"), ("/upload.html", "notice"),
    ];

    [Fact]
    public async Task Pages_WorkWithinTheirPolicy_AndItHolds()
    {
        var server = await StartServerAsync();
        var live = await OpenAsync(server.Address);
        List<string> refused = [];
        live.Page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                refused.Add($"{live.Page.Url}: {message.Text}");
            }
        };
        await live.AgreeAsync();
        await live.Demo.ClickAsync();
        await live.FaceIdAsync();
        foreach (var (path, ready) in Pages)
        {
            await live.Page.GotoAsync(new Uri(server.Address, path).ToString());
            await Expect(live.Page.GetByTestId(ready)).Not.ToBeEmptyAsync();
        }

        await live.Page.GetByTestId("file").SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = "one.jpg", MimeType = "image/jpeg", Buffer = TestPictures.Face("happy") });
        await Expect(live.Page.Locator(".face-card")).ToHaveCountAsync(1);
        Assert.Empty(refused);

        // Somebody's text that became a script after all would be refused.
        var ran = await live.Page.EvaluateAsync<bool>(
            "() => { const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.body.append(script); return window.ran === true; }");
        Assert.False(ran);
        Assert.Single(refused);
    }
}
