using EmotionStream.Browser.Tests.Kit;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>Connections break; the page says so, comes back by itself, and goes on where it was if the server still knows it.</summary>
public class ReconnectTests(Browsers browsers) : LiveTest(browsers)
{
    [Fact]
    public async Task Connection_Cut_ResumesWithTheSameFace()
    {
        var server = await StartServerAsync();
        await using var network = new Network(server.Address);
        var live = await OpenAsync(network.Address);
        await live.AgreeAsync();
        await live.Camera.ClickAsync();
        var face = await live.FaceIdAsync();

        network.Cut();
        await live.ExpectStateAsync("reconnecting");
        await Expect(live.Status).ToContainTextAsync("Reconnecting");
        network.Mend();

        await live.ExpectStateAsync("running");
        await Expect(live.Status).ToContainTextAsync("Faces keep their numbers");
        var before = (await live.RecordingAsync()).Readings.Count;
        await server.MeasureMoreAsync(5);
        var recording = await live.RecordingAsync();
        Assert.True(recording.Readings.Count > before);
        Assert.Equal(face, Assert.Single(recording.FaceIds));
        Assert.Equal(1, server.Figure(ServerFigures.SessionsActive));
    }

    [Fact]
    public async Task Connection_ThatCarriesNothingMore_IsReplaced()
    {
        var server = await StartServerAsync();
        await using var network = new Network(server.Address);
        var live = await OpenAsync(network.Address);
        await live.AgreeAsync();
        await live.Demo.ClickAsync();
        var face = await live.FaceIdAsync();

        network.Swallow();

        await Expect(live.Status).ToContainTextAsync("Faces keep their numbers");
        await server.MeasureMoreAsync(5);
        Assert.Equal(face, Assert.Single((await live.RecordingAsync()).FaceIds));
    }

    [Fact]
    public async Task Server_Restarted_IsFoundAgainAndSaysThatTheSessionIsNew()
    {
        var server = await StartServerAsync();
        var live = await OpenAsync(server.Address);
        await live.AgreeAsync();
        await live.Camera.ClickAsync();
        await live.FaceIdAsync();

        await server.StopAsync();
        await live.ExpectStateAsync("reconnecting");
        var successor = await StartServerAsync("--urls", server.Address.ToString());

        await live.ExpectStateAsync("running");
        await Expect(live.Status).ToContainTextAsync("Face numbers start over");
        await successor.MeasureMoreAsync(1);
        await live.FaceIdAsync();
    }
}
