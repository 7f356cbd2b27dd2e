using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Tests.Hubs;

/// <summary>Readings judged against a rest face, over real sockets: for the sender and the room alike, and for nobody else.</summary>
public class RestFaceHubTests
{
    // Of somebody whose face at rest reads as happy.
    private static readonly float[] Smiling = [0.15f, 0.85f, 0, 0, 0, 0, 0, 0];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task SetRestFace_IsInForceUntilItIsReset(string protocol)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(protocol);
        await client.StartAsync();
        // A first frame is searched whole and the next ones near the known face, which may cut it out a little differently.
        await ReadAsync(client, 1);
        var plain = await ReadAsync(client, 2);

        await client.InvokeAsync<object?>("SetRestFace", (object)Smiling);
        var judged = await ReadAsync(client, 3);
        await client.InvokeAsync<object?>("SetRestFace", [null]);
        var again = await ReadAsync(client, 4);

        // The single-frame answers are of one and the same picture.
        Assert.True(Odds(judged.Still) < Odds(plain.Still) / 5, $"{Odds(judged.Still)} against {Odds(plain.Still)}");
        Assert.True(judged.Emotions[1] < plain.Emotions[1]);
        Assert.Equal(judged.Emotions.Max(), judged.Certainty);
        Assert.Equal(1, judged.Emotions.Sum(), 3);
        Assert.InRange(Odds(again.Still) / Odds(plain.Still), 0.5, 2);
    }

    [Fact]
    public async Task Start_WithAKeptRestFace_JudgesForSenderAndRoom_AndTheNextStartWithoutOneDoesNot()
    {
        await using var server = await TestServer.StartAsync();
        await using var plainClient = await server.ConnectAsync();
        await plainClient.StartAsync();
        var plain = await ReadAsync(plainClient, 1);
        var plainAgain = await ReadAsync(plainClient, 2);
        await using var client = await server.ConnectAsync();
        var request = new StartRequest(Purpose.Personal, Consent: true, "blue", RestFace: Smiling);
        var started = await client.InvokeAsync<Started>("Start", request);
        await using var viewer = await server.ConnectToRoomsAsync();
        var updates = await viewer.StreamAsync<RoomUpdate>("Watch", new WatchRequest("blue", 30));

        var judged = await ReadAsync(client, 1);
        var seen = await SeenAsync();
        await client.InvokeAsync<Started>("Start", request with { RestFace = null, ResumeToken = started.ResumeToken });
        var after = await ReadAsync(client, 2);

        Assert.True(Odds(judged.Still) < Odds(plain.Still) / 5);
        Assert.Equal(judged.Emotions, seen.Emotions);
        // Second frames both, found near the first one's face; the first were searched whole and are cut a little differently.
        Assert.InRange(Odds(after.Still) / Odds(plainAgain.Still), 0.5, 2);

        async Task<FaceReading> SeenAsync()
        {
            while (true)
            {
                var update = (RoomUpdate)await updates.ReadAsync(Cancellation).AsTask().WaitAsync(TestTimeouts.Default, Cancellation);
                if (update.People is [{ Faces: [var face] }])
                {
                    return face;
                }
            }
        }
    }

    [Fact]
    public async Task ARestFace_StaysWithItsOwner_WhileOthersAreInThePicture()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, RestFace: Smiling));
        await client.SubmitAsync(1, TestPictures.Faces(640, 480, ("happy", 0.3, 0.5, 160)));
        var alone = Assert.Single((await client.NextAsync<Measured>()).Faces);

        // A newcomer is found when the whole picture is searched again.
        IReadOnlyList<FaceReading> both = [];
        for (var sequence = 2; both.Count < 2 && sequence < 100; sequence++)
        {
            await client.SubmitAsync(sequence, TestPictures.Faces(640, 480, ("happy", 0.3, 0.5, 160), ("happy", 0.7, 0.5, 160)));
            both = (await client.NextAsync<Measured>()).Faces;
        }

        Assert.Equal(2, both.Count);
        var owner = both.Single(face => face.Id == alone.Id);
        var other = both.Single(face => face.Id != alone.Id);
        Assert.True(Odds(owner.Still) < Odds(other.Still) / 3, $"{Odds(owner.Still)} against {Odds(other.Still)}");
    }

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task ARestFace_ThatIsNone_IsRefused_AndChangesNothing(string protocol)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(protocol);
        Assert.Contains("not_started: ", await RefusalAsync("SetRestFace", (object)Smiling), StringComparison.Ordinal);

        foreach (var nonsense in new float[][] { [], [1], [2, -1, 0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1, 1, 1], new float[10_000] })
        {
            Assert.Contains("bad_rest_face: ", await RefusalAsync("Start", new StartRequest(Purpose.Personal, Consent: true, RestFace: nonsense)), StringComparison.Ordinal);
        }

        await client.StartAsync();
        Assert.Contains("bad_rest_face: ", await RefusalAsync("SetRestFace", (object)new float[9]), StringComparison.Ordinal);
        await ReadAsync(client, 1);

        async Task<string> RefusalAsync(string method, object argument) =>
            (await Assert.ThrowsAsync<HubException>(() => client.InvokeAsync<object>(method, argument))).Message;
    }

    private static async Task<FaceReading> ReadAsync(HubTestClient client, long sequence)
    {
        await client.SubmitAsync(sequence, TestPictures.Face("happy"));
        return Assert.Single((await client.NextAsync<Measured>()).Faces);
    }

    private static double Odds(float[] shares) => shares[1] / shares[0];
}
