using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Tests.Kit;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>The way from a camera to the readings on the page, and every way in which a camera can fail.</summary>
public class CameraTests(Browsers browsers) : LiveTest(browsers)
{
    [Fact]
    public async Task Camera_PlayingAClip_KeepsTheFaceAndFollowsItsExpression()
    {
        var (_, live) = await OpenAgreedAsync();

        await live.Camera.ClickAsync();
        await live.ExpectDominantAsync("neutral");
        await Expect(live.Sign).ToBeVisibleAsync();
        await Expect(live.Sign).ToHaveTextAsync("Expression analysis on");
        await live.ExpectDominantAsync("happy");
        await live.ExpectDominantAsync("surprise");

        var recording = await live.RecordingAsync();
        Assert.Equal(await live.FaceIdAsync(), Assert.Single(recording.FaceIds));
        Assert.InRange(recording.AnswersWithoutAFace, 0, recording.Readings.Count / 20);
        // On a busy machine the first frame may come late; the clip starts again after nine seconds.
        var turns = recording.Turns.Where(turn => turn is "neutral" or "happy" or "surprise").SkipWhile(turn => turn != "neutral");
        Assert.Equal(["neutral", "happy", "surprise"], turns.Take(3));
    }

    [Fact]
    public async Task Stop_WhileRunning_EndsTheCameraAndTheFrames()
    {
        var (server, live) = await OpenAgreedAsync();
        var socket = live.Page.RunAndWaitForWebSocketAsync(() => live.Camera.ClickAsync());
        await live.FaceIdAsync();
        var camera = new CameraSpy(live.Page);
        Assert.Equal(["live"], await camera.TrackStatesAsync());

        await live.Stop.ClickAsync();

        await live.ExpectStateAsync("stopped");
        await Expect(live.Sign).ToBeHiddenAsync();
        await Expect(live.FaceCard).ToHaveCountAsync(0);
        Assert.Equal(["ended"], await camera.TrackStatesAsync());
        await server.NoSessionAsync();
        await TestTimeouts.UntilAsync(() => socket.Result.IsClosed, "the page's socket closed, through which alone frames go");
    }

    [Fact]
    public async Task Start_AfterStop_OpensTheCameraAgain()
    {
        var (_, live) = await OpenAgreedAsync();
        await live.Camera.ClickAsync();
        await live.FaceIdAsync();
        await live.Stop.ClickAsync();
        await live.ExpectStateAsync("stopped");

        await live.Start.ClickAsync();

        await live.FaceIdAsync();
        Assert.Equal(["ended", "live"], await new CameraSpy(live.Page).TrackStatesAsync());
    }

    [Theory]
    [InlineData(Camera.None, "No camera was found")]
    [InlineData(Camera.Refused, "not allowed to use the camera")]
    public async Task Camera_ThatCantBeHad_IsExplainedAndTheDemoStillWorks(Camera camera, string explanation)
    {
        var (server, live) = await OpenAgreedAsync(camera);

        await live.Camera.ClickAsync();

        await Expect(live.Error).ToContainTextAsync(explanation);
        await live.ExpectStateAsync("stopped");
        await Expect(live.Sign).ToBeHiddenAsync();
        await Expect(live.Start).ToBeEnabledAsync();
        Assert.Equal(0, server.Figure(ServerFigures.FramesReceived));

        await live.Demo.ClickAsync();
        await live.FaceIdAsync();
        await Expect(live.Error).ToBeHiddenAsync();
    }
}
