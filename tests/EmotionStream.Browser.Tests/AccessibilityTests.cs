using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Tests.Kit;
using Microsoft.Playwright;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>Every page, in both themes and languages, by axe's rules.</summary>
public class AccessibilityTests(Browsers browsers, SharedServer shared) : LiveTest(browsers, shared), IClassFixture<SharedServer>
{
    // Each with the element that is there when the page has what it shows.
    private static readonly (string Path, string Ready)[] Pages =
    [
        ("/", "notice"), ("/upload.html", "notice"), ("/room.html?room=axe", "notice"), ("/dashboard.html?room=axe", "people-count"), ("/overlay.html", "help"),
        ("/overlay.html?room=axe&person=Ada", "panel"), ("/model.html", "confusion"), ("/lab.html", "headline"), ("/api.html", "reference"),
    ];

    // Colors do not depend on the language, nor names on the theme.
    public static TheoryData<ColorScheme, string> Looks => new() { { ColorScheme.Light, "en-US" }, { ColorScheme.Dark, "de-DE" } };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Pages_AsTheyOpen_HaveNoViolation(ColorScheme scheme, string locale)
    {
        var server = await StartServerAsync();
        var page = (await OpenAsync(server.Address, options: new() { ColorScheme = scheme, Locale = locale })).Page;
        var violations = new List<string>();
        foreach (var (path, ready) in Pages)
        {
            await page.GotoAsync(new Uri(server.Address, path).ToString());
            await Expect(page.GetByTestId(ready)).Not.ToBeEmptyAsync();
            violations.AddRange(await ViolationsAsync(page, path));
        }

        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Pages_WithFaces_HaveNoViolation(ColorScheme scheme, string locale)
    {
        var server = await StartServerAsync();
        var live = await OpenAsync(server.Address, options: new() { ColorScheme = scheme, Locale = locale });
        await live.AgreeAsync();
        await live.Demo.ClickAsync();
        await live.FaceIdAsync();
        var violations = new List<string>(await ViolationsAsync(live.Page, "/ with a face"));

        await live.Page.GotoAsync(new Uri(server.Address, "/upload.html").ToString());
        await live.Page.GetByTestId("file").SetInputFilesAsync(new FilePayload { Name = "two.jpg", MimeType = "image/jpeg", Buffer = TwoFaces() });
        await Expect(live.Page.Locator(".face-card")).ToHaveCountAsync(2);
        violations.AddRange(await ViolationsAsync(live.Page, "/upload.html with two faces"));

        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
    }

    private static byte[] TwoFaces() => TestPictures.Faces(640, 480, ("happy", 0.25, 0.5, 200), ("surprise", 0.7, 0.5, 260));

    private static async Task<IEnumerable<string>> ViolationsAsync(IPage page, string place)
    {
        var result = await page.RunAxe();
        return result.Violations.Select(violation => $"{place}: {violation.Id} ({violation.Help}): {string.Join(" | ", violation.Nodes.Select(Where))}");
    }

    private static string Where(AxeResultNode node) => $"{node.Target} {node.Html} {string.Join("; ", node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}";
}
