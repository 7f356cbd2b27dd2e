using System.Net;
using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Tests.Cluster;

/// <summary>A full server sends newcomers on, and lets everybody go on who has begun.</summary>
public class ClusterAdmissionTests
{
    private const string Address = "http://other.example.org:5080";

    private static readonly string[] Settings = ["--Cluster:FullAnswer=00:00:01", $"--Cluster:PublicAddress={Address}"];

    [Fact]
    public async Task FullServer_RefusesNewcomers_WithTheAddressOfOneThatHasRoom_AndLivingSessionsGoOn()
    {
        await using var cluster = await TestCluster.StartAsync(2, Settings);
        await using var ann = await cluster[0].ConnectAsync();
        await using var ben = await cluster[1].ConnectAsync();
        var (annStarted, benStarted) = (await ann.StartAsync(), await ben.StartAsync());
        await FillAsync(cluster[0], "full");

        await using var newcomer = await cluster[0].ConnectAsync();
        var refused = await Assert.ThrowsAsync<HubException>(() => StartWhileFullAsync(newcomer, cluster[0]));
        Assert.EndsWith($"busy: The server has as much to do as it can. Another one has room: {Address}", refused.Message, StringComparison.Ordinal);
        await ann.SubmitAsync(1, TestPictures.Face("happy"));
        await ann.NextAsync<Measured>();
        await using var annAgain = await cluster[0].ConnectAsync();
        Assert.True((await StartWhileFullAsync(annAgain, cluster[0], annStarted.ResumeToken)).Resumed);
        // Its own server may have failed.
        await using var benAgain = await cluster[0].ConnectAsync();
        Assert.True((await StartWhileFullAsync(benAgain, cluster[0], benStarted.ResumeToken)).Resumed);
        await using var elsewhere = await cluster[1].ConnectAsync();
        Assert.False((await elsewhere.StartAsync()).Resumed);
    }

    [Fact]
    public async Task Balancers_SendNewcomersElsewhere_WhileThereIsAnElsewhere_AndBackWhenThereIsRoomAgain()
    {
        await using var cluster = await TestCluster.StartAsync(2, Settings);
        await FillAsync(cluster[0], "full");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await ReadyAsync(cluster[0])).Status);

        // Where all are full, none is closed: those who come back must get in somewhere.
        await TestTimeouts.UntilAsync(
            async () =>
            {
                TestCluster.Fill(cluster[0]);
                TestCluster.Fill(cluster[1]);
                return (await ReadyAsync(cluster[0]), await ReadyAsync(cluster[1])) is ({ Status: HttpStatusCode.OK }, { Status: HttpStatusCode.OK });
            },
            "both are full and open");
        await using var newcomer = await cluster[0].ConnectAsync();
        var refused = await Assert.ThrowsAsync<HubException>(() => StartWhileFullAsync(newcomer, cluster[0]));
        Assert.EndsWith("busy: The server has as much to do as it can. Try again later.", refused.Message, StringComparison.Ordinal);

        await TestTimeouts.UntilAsync(() => cluster[0].Service<EmotionStream.Sessions.IAdmission>().Refusal is null, "room again");
        await using var later = await cluster[0].ConnectAsync();
        Assert.False((await later.StartAsync()).Resumed);
    }

    [Fact]
    public async Task SingleMachine_TakesWhomeverItCan()
    {
        await using var server = await TestServer.StartAsync(Settings);
        TestCluster.Fill(server);

        await using var camera = await server.ConnectAsync();

        Assert.False((await camera.StartAsync()).Resumed);
    }

    private static Task<Started> StartWhileFullAsync(HubTestClient client, TestServer server, string? resumeToken = null)
    {
        TestCluster.Fill(server);
        return client.StartAsync(resumeToken);
    }

    private static Task FillAsync(TestServer server, string said) => TestTimeouts.UntilAsync(
        async () =>
        {
            TestCluster.Fill(server);
            return (await ReadyAsync(server)).Text == said;
        },
        $"the server says {said}");

    private static async Task<(HttpStatusCode Status, string Text)> ReadyAsync(TestServer server)
    {
        using var http = server.CreateHttpClient();
        using var answer = await http.GetAsync(new Uri("readyz", UriKind.Relative), TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
