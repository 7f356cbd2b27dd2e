using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Tests.Kit;
using Microsoft.Playwright;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>Every page, in both themes and languages, by axe's rules.</summary>
public class AccessibilityTests(Browsers browsers, SharedPages shared) : LiveTest(browsers, shared), IClassFixture<SharedPages>
{
    // By the browser itself: Deque's package for Playwright opens a page of its own for each of its looks, which took twice as long as all else here.
    private static readonly string Axe = File.ReadAllText(Path.Combine(Repository.Folder, "node_modules", "axe-core", "axe.min.js"));

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

    [Fact]
    public async Task Violations_OfAPageThatHasSome_AreFound()
    {
        var server = await StartServerAsync();
        var page = (await OpenAsync(server.Address)).Page;

        await page.EvaluateAsync("""() => document.body.append(document.createElement("img"))""");

        Assert.Contains(await ViolationsAsync(page, "/"), violation => violation.StartsWith("/: image-alt", StringComparison.Ordinal));
    }

    private static byte[] TwoFaces() => TestPictures.Faces(640, 480, ("happy", 0.25, 0.5, 200), ("surprise", 0.7, 0.5, 260));

    private static async Task<string[]> ViolationsAsync(IPage page, string place)
    {
        await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>(
            """
            async (place) => {
              const { violations } = await axe.run({ resultTypes: ["violations"] });
              const where = ({ target, html, failureSummary }) => `${target} ${html} ${failureSummary}`;
              return violations.map(({ id, help, nodes }) => `${place}: ${id} (${help}): ${nodes.map(where).join(" | ")}`);
            }
            """,
            place);
    }
}
