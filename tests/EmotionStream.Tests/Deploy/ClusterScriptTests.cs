using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Deploy;

/// <summary>A cluster that deploy/cluster.sh starts, from its entrance.</summary>
public partial class ClusterScriptTests
{
    // Past the megabyte that nginx takes unless told otherwise.
    private const int LargeUpload = 3_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cluster_AnswersAtOneAddress_OutlivesANode_AndLeavesNothing()
    {
        await using var cluster = await ClusterScript.StartAsync(nodes: 2);
        using var http = new HttpClient { BaseAddress = cluster.Entrance };

        Assert.Equal("alive", await http.GetStringAsync("/healthz", Cancellation));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/metrics", Cancellation)).StatusCode);
        await AssertTakesLargePicturesAsync(http);
        await AssertMeasuresFramesAsync(cluster.Entrance);

        Process.GetProcessById(cluster.Nodes[0]).Kill();
        await AssertMeasuresFramesAgainAsync(cluster.Entrance);
        await cluster.SaysAsync(StartsAgain());
        await cluster.InterruptAsync();
        Assert.Empty(cluster.Running());
    }

    [Fact]
    public async Task Cluster_WhoseScriptIsKilled_EndsAllTheSame()
    {
        await using var cluster = await ClusterScript.StartAsync(nodes: 1);
        Assert.True(cluster.Running().Count >= 4);

        cluster.Kill();

        await TestTimeouts.UntilAsync(() => cluster.Running().Count == 0, "all that the script started has ended");
    }

    private static async Task AssertTakesLargePicturesAsync(HttpClient http)
    {
        var picture = TestPictures.Face("happy");
        using var body = new MultipartFormDataContent { { new ByteArrayContent([.. picture, .. new byte[LargeUpload - picture.Length]]), "image", "face.jpg" } };

        using var reply = await http.PostAsync(new Uri("/api/v1/images", UriKind.Relative), body, Cancellation);

        Assert.Contains("\"happy\"", await reply.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    /// <summary>From an entrance that the nodes believe: to them this is a user of their own machine, who needs no token for a room.</summary>
    private static async Task AssertMeasuresFramesAsync(Uri entrance)
    {
        await using var camera = await HubTestClient.ConnectAsync(entrance, "messagepack");
        await camera.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, Room: "hall"));
        await camera.SubmitAsync(1, TestPictures.Face("happy"));
        Assert.Single((await camera.NextAsync<Measured>()).Faces);
    }

    /// <summary>As pages do: a connection that ends, as with the node that is being killed, is followed by another.</summary>
    private static async Task AssertMeasuresFramesAgainAsync(Uri entrance)
    {
        using var patience = new CancellationTokenSource(TestTimeouts.Default);
        while (true)
        {
            try
            {
                await AssertMeasuresFramesAsync(entrance);
                return;
            }
            catch (Exception problem) when (problem is IOException or WebSocketException && !patience.IsCancellationRequested)
            {
            }
        }
    }

    [GeneratedRegex("node-1 has ended and starts again")]
    private static partial Regex StartsAgain();
}
