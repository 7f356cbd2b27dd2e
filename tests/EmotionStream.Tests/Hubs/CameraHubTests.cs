using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Tests.Hubs;

/// <summary>Frames at the camera hub, over real sockets in both protocols: good ones, bad ones and floods.</summary>
public class CameraHubTests
{
    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task SubmitFrame_WithAFace_IsMeasuredAndTheFaceKeepsItsId(string protocol)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(protocol);
        var started = await client.StartAsync(wantHeatmap: true);

        List<Measured> answers = [];
        for (var sequence = 1; sequence <= 5; sequence++)
        {
            await client.SubmitAsync(sequence, TestPictures.Face("happy", centerX: 0.4 + (0.02 * sequence)));
            answers.Add(await client.NextAsync<Measured>());
        }

        Assert.Equal(EmotionLabels.All, started.Labels);
        Assert.Equal([1L, 2, 3, 4, 5], answers.Select(answer => answer.Sequence));
        Assert.Equal((640, 480), (answers[0].Width, answers[0].Height));
        var faces = answers.Select(answer => Assert.Single(answer.Faces)).ToList();
        Assert.Single(faces.Select(face => face.Id).Distinct());
        var last = faces[^1];
        Assert.Equal("happy", last.Dominant);
        Assert.Equal(1, last.Emotions.Sum(), 1e-3);
        Assert.InRange(last.Box[0] + (last.Box[2] / 2), 0.45, 0.55);
        Assert.Equal(36, last.Heatmap!.Length);
        Assert.True(last.Age > faces[0].Age);
    }

    [Fact]
    public async Task SubmitFrame_WithNobody_IsMeasuredWithoutFaces()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.StartAsync();

        await client.SubmitAsync(1, TestPictures.Empty());

        Assert.Empty((await client.NextAsync<Measured>()).Faces);
    }

    [Theory]
    [MemberData(nameof(BadFrames))]
    public async Task SubmitFrame_ThatCantBeMeasured_IsRejectedAndTheSessionLivesOn(string what, byte[] jpeg, RejectionReason reason)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.StartAsync();

        await client.SubmitAsync(7, jpeg);
        var rejected = await client.NextAsync<Rejected>();
        await client.SubmitAsync(8, TestPictures.Face("neutral"));
        var measured = await client.NextAsync<Measured>();

        Assert.Equal((what, 7L, reason), (what, rejected.Sequence, rejected.Reason));
        Assert.NotEmpty(rejected.Detail);
        Assert.Single(measured.Faces);
        await TestTimeouts.UntilAsync(() => server.Service<FrameBuffers>().Outstanding == 0, "every buffer returned");
    }

    public static TheoryData<string, byte[], RejectionReason> BadFrames()
    {
        var good = TestPictures.Empty(64, 64);
        var huge = good.ToArray();
        var header = huge.AsSpan().IndexOf<byte>([0xFF, 0xC0]);
        huge.AsSpan(header + 5, 4).Fill(0xFD); // height and width: 65,021 pixels each
        return new()
        {
            { "empty", [], RejectionReason.Undecodable },
            { "text", "not a picture"u8.ToArray(), RejectionReason.Undecodable },
            { "a PNG header", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], RejectionReason.Undecodable },
            { "cut in half", good[..(good.Length / 2)], RejectionReason.Undecodable },
            { "65,021 x 65,021", huge, RejectionReason.TooLarge },
            { "more bytes than allowed", new byte[(512 * 1024) + 1], RejectionReason.TooLarge },
        };
    }

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task SubmitFrame_BeforeStart_IsRejectedAsNotStarted(string protocol)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(protocol);

        await client.SubmitAsync(3, TestPictures.Empty());

        var rejected = await client.NextAsync<Rejected>();
        Assert.Equal((3L, RejectionReason.NotStarted), (rejected.Sequence, rejected.Reason));
        await TestTimeouts.UntilAsync(() => server.Service<FrameBuffers>().Outstanding == 0, "the buffer returned");
    }

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Calls_ThatAreWrong_FailAloneAndTheConnectionLivesOn(string protocol)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(protocol);
        await client.StartAsync();

        await Assert.ThrowsAsync<HubException>(() => client.InvokeAsync<object>("NoSuchMethod", 1, 2, 3));
        await Assert.ThrowsAsync<HubException>(() => client.InvokeAsync<object>("SubmitFrame", "one", 2.0, new byte[3]));
        await Assert.ThrowsAsync<HubException>(() => client.InvokeAsync<object>("SubmitFrame", 1, 2.0, 3.0));
        await Assert.ThrowsAsync<HubException>(() => client.InvokeAsync<object>("SubmitFrame", 1));
        await Assert.ThrowsAsync<HubException>(() => client.InvokeAsync<Started>("Start", "please"));

        await client.SubmitAsync(1, TestPictures.Face("neutral"));
        Assert.Single((await client.NextAsync<Measured>()).Faces);
        await TestTimeouts.UntilAsync(() => server.Service<FrameBuffers>().Outstanding == 0, "every buffer returned");
    }

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task SubmitFrame_AThousandAtOnce_EachGetsExactlyOneAnswer(string protocol)
    {
        await using var server = await TestServer.StartAsync();
        await using var flooder = await server.ConnectAsync(protocol);
        await using var bystander = await server.ConnectAsync();
        await flooder.StartAsync();
        await bystander.StartAsync();
        var picture = TestPictures.Face("neutral");

        var flood = Task.WhenAll(Enumerable.Range(1, 1000).Select(sequence => flooder.SubmitAsync(sequence, picture)));
        await bystander.SubmitAsync(1, picture);
        Assert.Single((await bystander.NextAsync<Measured>()).Faces);
        await flood;
        var answers = await flooder.NextAsync(1000);

        var measured = answers.OfType<Measured>().Select(answer => answer.Sequence).ToList();
        var rejected = answers.OfType<Rejected>().ToList();
        Assert.Equal(Enumerable.Range(1, 1000).Select(i => (long)i), measured.Concat(rejected.Select(answer => answer.Sequence)).Order());
        Assert.NotEmpty(measured);
        Assert.Equal(measured.Order(), measured);
        Assert.All(rejected, answer => Assert.True(answer.Reason is RejectionReason.Superseded or RejectionReason.RateLimited, answer.Reason.ToString()));
        await TestTimeouts.UntilAsync(() => server.Service<FrameBuffers>().Outstanding == 0, "every buffer returned");
    }

    [Fact]
    public async Task Messages_ThatAreNoMessages_CloseOnlyTheirOwnConnection()
    {
        await using var server = await TestServer.StartAsync();
        await using var good = await server.ConnectAsync();
        await using var bad = await server.ConnectAsync();
        await good.StartAsync();

        await bad.SendRawAsync(new byte[] { 3, 0xC1, 0xC1, 0xC1 });
        await bad.Answers.Completion.WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);

        await good.SubmitAsync(1, TestPictures.Empty());
        await good.NextAsync<Measured>();
    }
}
