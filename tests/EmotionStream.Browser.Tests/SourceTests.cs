using System.Text.RegularExpressions;
using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Tests.Kit;
using Microsoft.Playwright;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>The sources that need no camera take the same path through the server.</summary>
public class SourceTests(Browsers browsers) : LiveTest(browsers)
{
    [Fact]
    public async Task Demo_WithOneClick_FindsAFaceWhoseExpressionChanges()
    {
        var (_, live) = await OpenAgreedAsync();

        await live.Demo.ClickAsync();
        await Expect(live.Page.Locator("#caption")).ToHaveTextAsync(new Regex(@"^average of \d+ faces, not a real person$"));
        await live.FaceIdAsync();
        var first = (await live.FaceCard.GetAttributeAsync("data-dominant"))!;

        await Expect(live.FaceCard).Not.ToHaveAttributeAsync("data-dominant", first);
        Assert.Single((await live.RecordingAsync()).FaceIds);
    }

    [Theory]
    [InlineData("neutral")]
    [InlineData("happy")]
    [InlineData("surprise")]
    public async Task Picture_Chosen_IsRead(string emotion)
    {
        var (_, live) = await OpenAgreedAsync();

        await live.ChooseAsync(new FilePayload { Name = "face.jpg", MimeType = "image/jpeg", Buffer = TestPictures.Face(emotion) });

        await live.ExpectDominantAsync(emotion);
    }

    [Fact]
    public async Task Picture_Dropped_IsRead()
    {
        var (_, live) = await OpenAgreedAsync();

        await live.DropAsync("face.jpg", "image/jpeg", TestPictures.Face("happy"));

        await live.ExpectDominantAsync("happy");
    }

    [Fact]
    public async Task Picture_WithTwoFaces_GivesEachItsCard()
    {
        var (_, live) = await OpenAgreedAsync();
        var picture = TestPictures.Faces(640, 480, ("happy", 0.25, 0.5, 220), ("surprise", 0.75, 0.5, 220));

        await live.ChooseAsync(new FilePayload { Name = "two.jpg", MimeType = "image/jpeg", Buffer = picture });

        await Expect(live.FaceCard).ToHaveCountAsync(2);
        await Expect(live.Page.Locator("[data-testid=face-card][data-dominant=happy]")).ToHaveCountAsync(1);
        await Expect(live.Page.Locator("[data-testid=face-card][data-dominant=surprise]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Picture_OfNobody_SaysThatThereIsNoFace()
    {
        var (server, live) = await OpenAgreedAsync();

        await live.ChooseAsync(new FilePayload { Name = "wall.jpg", MimeType = "image/jpeg", Buffer = TestPictures.Empty() });

        await server.MeasureMoreAsync(1);
        await Expect(live.Page.GetByText("No face in the picture")).ToBeVisibleAsync();
        await Expect(live.FaceCard).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Video_Chosen_IsFollowed()
    {
        var (_, live) = await OpenAgreedAsync();
        using var clip = FaceClip.MakeVideo();

        await live.ChooseAsync(new FilePayload { Name = "clip.webm", MimeType = "video/webm", Buffer = await ReadAsync(clip.Path) });

        await live.ExpectDominantAsync("neutral");
        await live.ExpectDominantAsync("happy");
        Assert.Single((await live.RecordingAsync()).FaceIds);
    }

    [Theory]
    [InlineData("notes.txt", "text/plain")]
    [InlineData("broken.jpg", "image/jpeg")]
    [InlineData("broken.mp4", "video/mp4")]
    public async Task File_ThatShowsNothing_IsExplained(string name, string type)
    {
        var (server, live) = await OpenAgreedAsync();

        await live.ChooseAsync(new FilePayload { Name = name, MimeType = type, Buffer = "not a picture"u8.ToArray() });

        await Expect(live.Error).ToContainTextAsync("This file can't be shown");
        await live.ExpectStateAsync("stopped");
        Assert.Equal(0, server.Figure(ServerFigures.FramesReceived));
    }

    private static Task<byte[]> ReadAsync(string path) => File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
}
