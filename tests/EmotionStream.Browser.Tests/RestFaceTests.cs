using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Tests.Kit;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>Holding a neutral face: the count, the state, keeping and resetting, as a person meets them.</summary>
public class RestFaceTests(Browsers browsers, SharedPages shared) : LiveTest(browsers, shared), IClassFixture<SharedPages>
{
    [Fact]
    public async Task ARestFace_IsHeldShownKeptAndReset()
    {
        var (server, live) = await OpenAgreedAsync();
        var page = live.Page;
        var (panel, text) = (page.GetByTestId("rest-face"), page.GetByTestId("rest-face-text"));
        await Expect(page.GetByTestId("rest-face-hold")).ToBeDisabledAsync();
        await live.Demo.ClickAsync();
        await live.FaceIdAsync();

        await page.GetByTestId("rest-face-hold").ClickAsync();
        await Expect(text).ToContainTextAsync("Keep a neutral face");
        await Expect(panel).ToHaveAttributeAsync("data-state", "on");
        await page.GetByTestId("rest-face-keep").CheckAsync();
        await page.ReloadAsync();
        await live.AgreeAsync();

        // Kept: on before the first frame, and the server takes it as it is.
        await Expect(panel).ToHaveAttributeAsync("data-state", "on");
        await live.Demo.ClickAsync();
        await live.FaceIdAsync();
        await Expect(text).ToContainTextAsync("against your resting face");
        await page.GetByTestId("rest-face-reset").ClickAsync();
        await Expect(panel).ToHaveAttributeAsync("data-state", "off");
        await live.ExpectStateAsync("running");
        await page.ReloadAsync();
        await live.AgreeAsync();
        await Expect(panel).ToHaveAttributeAsync("data-state", "off");
        Assert.NotNull(server);
    }

    [Fact]
    public async Task ARestFace_ThatIsNotKept_EndsWithTheSession_AndAForgedOneIsIgnored()
    {
        var (_, live) = await OpenAgreedAsync();
        var page = live.Page;
        var panel = page.GetByTestId("rest-face");
        await live.Demo.ClickAsync();
        await live.FaceIdAsync();
        await page.GetByTestId("rest-face-hold").ClickAsync();
        await Expect(panel).ToHaveAttributeAsync("data-state", "on");

        await live.Stop.ClickAsync();
        await Expect(panel).ToHaveAttributeAsync("data-state", "off");
        await page.EvaluateAsync("localStorage.setItem('emotionstream.restFace', '{\"model\":\"emotion.onnx\",\"reading\":[9,-8,0,0,0,0,0,0]}')");
        await page.ReloadAsync();
        await live.AgreeAsync();
        await live.Demo.ClickAsync();

        await live.FaceIdAsync();
        await Expect(panel).ToHaveAttributeAsync("data-state", "off");
    }

    [Fact]
    public async Task ACall_SaysThatAKeptRestFaceIsInForce_AndForgetsItWhenAsked()
    {
        var server = await StartServerAsync();
        var page = (await OpenAsync(server.Address)).Page;
        await page.EvaluateAsync("localStorage.setItem('emotionstream.restFace', '{\"model\":\"emotion.onnx\",\"reading\":[0.5,0.5,0,0,0,0,0,0]}')");
        await page.GotoAsync(new Uri(server.Address, "/room.html?room=team").ToString());
        var note = page.GetByTestId("rest-face-kept");
        await Expect(note).ToContainTextAsync("against your resting face");

        await page.GetByTestId("rest-face-reset").ClickAsync();

        await Expect(note).ToBeHiddenAsync();
        Assert.Null(await page.EvaluateAsync<string?>("localStorage.getItem('emotionstream.restFace')"));
    }
}
