using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Sessions;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace EmotionStream.Tests.Hubs;

/// <summary>Sessions at the camera hub, over real sockets: starting, losing the connection, coming back, stopping.</summary>
public class CameraHubSessionTests
{
    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Start_IsRefusedWithTheReason(string protocol)
    {
        await using var server = await TestServer.StartAsync("--Sessions:MaxSessions=1");
        await using var first = await server.ConnectAsync(protocol);
        await using var second = await server.ConnectAsync(protocol);

        Assert.Contains("consent_required", await Refusal(new StartRequest(Purpose.Personal)));
        Assert.Contains("purpose_required", await Refusal(new StartRequest(Consent: true)));
        Assert.Contains("Article 5(1)(f)", await Refusal(new StartRequest(Purpose.Workplace, Consent: true)));
        Assert.Contains("Article 5(1)(f)", await Refusal(new StartRequest(Purpose.Education, Consent: true)));
        Assert.Contains("bad_name", await Refusal(new StartRequest(Purpose.Personal, Consent: true, Name: new string('x', 10_000))));
        await first.StartAsync();
        Assert.Contains("busy", await Refusal(new StartRequest(Purpose.Personal, Consent: true)));

        async Task<string> Refusal(StartRequest request) =>
            (await Assert.ThrowsAsync<HubException>(() => second.InvokeAsync<Started>("Start", request))).Message;
    }

    [Fact]
    public async Task Start_ForTheWorkplace_PassesWhereTheOperatorAllowsIt()
    {
        await using var server = await TestServer.StartAsync("--Sessions:AllowWorkplaceAndEducation=true");
        await using var client = await server.ConnectAsync();

        var started = await client.InvokeAsync<Started>("Start", new StartRequest(Purpose.Workplace, Consent: true));

        Assert.NotEmpty(started.ResumeToken);
    }

    [Fact]
    public async Task SubmitFrame_LargerThanAnyMessage_ClosesOnlyThatConnectionAndTheSessionCanBeResumed()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        var started = await client.StartAsync();

        await client.SubmitAsync(1, new byte[1024 * 1024]);
        await client.Answers.Completion.WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);
        await using var returned = await server.ConnectAsync();
        var resumed = await returned.StartAsync(started.ResumeToken);

        Assert.True(resumed.Resumed);
        Assert.Equal(started.SessionId, resumed.SessionId);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Start_WithAResumeToken_GoesOnWithTheSameFaceIds(string protocol)
    {
        await using var server = await TestServer.StartAsync();
        var first = await server.ConnectAsync(protocol);
        var started = await first.StartAsync();
        await first.SubmitAsync(1, TestPictures.Face("neutral", centerX: 0.3, faceSide: 160));
        await first.NextAsync<Measured>();
        await first.SubmitAsync(2, TestPictures.Faces(640, 480, ("neutral", 0.3, 0.5, 160), ("happy", 0.7, 0.5, 160)));
        var before = await first.NextAsync<Measured>();

        first.Vanish();
        await using var second = await server.ConnectAsync(protocol);
        var resumed = await second.StartAsync(started.ResumeToken);
        await second.SubmitAsync(3, TestPictures.Faces(640, 480, ("neutral", 0.3, 0.5, 160), ("happy", 0.7, 0.5, 160)));
        var after = await second.NextAsync<Measured>();
        await first.DisposeAsync();

        Assert.True(resumed.Resumed);
        Assert.Equal(Places(before), Places(after));
        Assert.Equal(1, server.Service<SessionRegistry>().Count);

        static IEnumerable<(string, bool)> Places(Measured answer) => answer.Faces.Select(face => (face.Id, face.Box[0] < 0.5)).Order();
    }

    [Fact]
    public async Task TheMemoryOfAFace_IsHandedBackOnResume_AndIsNobodyElses()
    {
        await using var server = await TestServer.StartAsync();
        await using var lone = await server.ConnectAsync();
        var (happy, neutral) = (TestPictures.Face("happy"), TestPictures.Face("neutral"));
        await lone.StartAsync();
        var fresh = await ReadAsync(lone, 1, neutral);

        var first = await server.ConnectAsync();
        var started = await first.StartAsync();
        for (var sequence = 1; sequence <= 8; sequence++)
        {
            await ReadAsync(first, sequence, happy);
        }

        await first.DisposeAsync();
        await using var second = await server.ConnectAsync();
        await second.StartAsync(started.ResumeToken);
        var resumed = await ReadAsync(second, 9, neutral);
        await using var stranger = await server.ConnectAsync();
        await stranger.StartAsync();
        var strange = await ReadAsync(stranger, 1, neutral);

        // A face that was happy just now is not read as one never seen; the single-frame answers are the same all along.
        Assert.True(Distance(fresh.Emotions, resumed.Emotions) > 0.01, "The memory was lost.");
        Assert.InRange(Distance(fresh.Emotions, strange.Emotions), 0, 1e-4);
        Assert.InRange(Distance(fresh.Still, strange.Still), 0, 1e-4);

        static double Distance(float[] one, float[] other) => one.Zip(other, (a, b) => Math.Abs(a - b)).Max();

        static async Task<FaceReading> ReadAsync(HubTestClient client, long sequence, byte[] picture)
        {
            await client.SubmitAsync(sequence, picture);
            return Assert.Single((await client.NextAsync<Measured>()).Faces);
        }
    }

    [Fact]
    public async Task ASession_WhoseSenderDoesNotReturn_EndsAndItsTokenIsWorthNothing()
    {
        await using var server = await TestServer.StartAsync("--Sessions:ResumeWithin=00:00:00");
        var client = await server.ConnectAsync();
        var started = await client.StartAsync();

        await client.DisposeAsync();
        await TestTimeouts.UntilAsync(() => server.Service<SessionRegistry>().Count == 0, "the session ended");
        await using var late = await server.ConnectAsync();
        var second = await late.StartAsync(started.ResumeToken);

        Assert.False(second.Resumed);
        Assert.NotEqual(started.SessionId, second.SessionId);
    }

    [Fact]
    public async Task AResumedSession_LeavesItsOldConnectionWithoutAVoice()
    {
        await using var server = await TestServer.StartAsync();
        await using var old = await server.ConnectAsync();
        var started = await old.StartAsync();

        await using var taker = await server.ConnectAsync();
        await taker.StartAsync(started.ResumeToken);

        await old.Answers.Completion.WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);
        await taker.SubmitAsync(1, TestPictures.Empty());
        await taker.NextAsync<Measured>();
    }

    [Fact]
    public async Task Start_AgainOnTheSameConnection_GoesOnThere()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        var started = await client.StartAsync();

        var again = await client.StartAsync(started.ResumeToken);
        await client.SubmitAsync(1, TestPictures.Empty());
        await client.NextAsync<Measured>();
        var second = await client.StartAsync();
        await client.SubmitAsync(2, TestPictures.Empty());
        await client.NextAsync<Measured>();

        Assert.Equal(started.SessionId, again.SessionId);
        Assert.NotEqual(started.SessionId, second.SessionId);
        Assert.Equal(1, server.Service<SessionRegistry>().Count);
    }

    [Fact]
    public async Task Stop_EndsTheSessionAtOnce()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.StartAsync();

        await client.InvokeAsync<object?>("Stop");
        await client.SubmitAsync(1, TestPictures.Empty());

        Assert.Equal(RejectionReason.NotStarted, (await client.NextAsync<Rejected>()).Reason);
        Assert.Equal(0, server.Service<SessionRegistry>().Count);
    }

    [Fact]
    public async Task Stop_RightBehindAFrame_LeavesNoFrameWithoutItsAnswer()
    {
        await using var server = await TestServer.StartAsync("--Sessions:MaxStartsPerSecond=1000");
        await using var client = await server.ConnectAsync();
        var picture = TestPictures.Face("neutral");
        for (var sequence = 1; sequence <= 30; sequence++)
        {
            await client.StartAsync();
            await client.SubmitAsync(sequence, picture);
            await client.InvokeAsync<object?>("Stop");

            var answered = await client.NextAsync() switch
            {
                Measured measured => measured.Sequence,
                Rejected rejected => rejected.Sequence,
                var other => throw new InvalidOperationException($"Unexpected {other}."),
            };
            Assert.Equal(sequence, answered);
        }
    }

    [Fact]
    public async Task AClient_ThatVanishesMidFrame_LeavesNothingBehind()
    {
        await using var server = await TestServer.StartAsync("--Sessions:ResumeWithin=00:00:00");
        var picture = TestPictures.Face("neutral");
        for (var i = 0; i < 20; i++)
        {
            var client = await server.ConnectAsync();
            await client.StartAsync();
            await client.SubmitAsync(1, picture);
            await client.SubmitAsync(2, picture);
            client.Vanish();
            await client.DisposeAsync();
        }

        await TestTimeouts.UntilAsync(() => server.Service<SessionRegistry>().Count == 0, "every session ended");
        await TestTimeouts.UntilAsync(() => server.Service<FrameBuffers>().Outstanding == 0, "every buffer returned");
    }

    [Fact]
    public async Task AStoppingServer_AnswersWhatItAccepted_AndTellsItsSenders()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.StartAsync();
        await client.SubmitAsync(1, TestPictures.Face("happy"));
        await client.SendAsync(PingMessage.Instance);
        await TestTimeouts.UntilAsync(() => server.Service<SessionRegistry>().All.Any(session => !session.IsIdle) || client.Answers.Count > 0, "the frame arrived");

        await server.StopAsync();

        List<object> answers = [];
        await foreach (var answer in client.Answers.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            answers.Add(answer);
        }

        // A frame that no worker had begun yet is refused: in either case it has one answer.
        Assert.Single(answers, answer => answer is Measured { Sequence: 1 } or Rejected { Sequence: 1, Reason: RejectionReason.Busy });
        Assert.Single(answers.OfType<Stopping>());
    }

    [Fact]
    public async Task Start_OnAStoppingServer_IsRefusedSoThatItCanStop()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        var rules = server.Service<EmotionStream.Hubs.StartRules>();

        server.RequestStop();

        var refusal = Assert.Throws<RefusedException>(() => rules.Check(new StartRequest(Purpose.Personal, Consent: true)));
        Assert.Equal("busy", refusal.Refusal.Code);
    }
}
