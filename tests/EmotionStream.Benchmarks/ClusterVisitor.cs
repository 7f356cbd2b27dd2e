using System.Net.WebSockets;
using System.Threading.Channels;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Benchmarks;

/// <summary>Somebody who enters the cluster by its entrance, and comes back as the browser's module does until disposed.</summary>
/// <param name="path">Of the hub.</param>
internal abstract class ClusterVisitor(ClusterUnderTest cluster, string path) : IAsyncDisposable
{
    // As wwwroot/client/resumePolicy.ts has them.
    private static readonly int[] Delays = [0, 300, 700, 1500];
    private static readonly TimeSpan[] Openings = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    private readonly CancellationTokenSource _life = new();
    private Task _run = Task.CompletedTask;
    private int _attempt;

    protected ClusterUnderTest Cluster => cluster;

    protected CancellationToken Life => _life.Token;

    public async ValueTask DisposeAsync()
    {
        await _life.CancelAsync();
        await _run;
        _life.Dispose();
    }

    public void Begin() => _run = RunAsync();

    /// <summary>A stay on one connection, until it ends.</summary>
    protected abstract Task StayAsync(HubTestClient client);

    /// <summary>The visitor has been let in: the next attempt is a first one.</summary>
    protected void LetIn() => _attempt = -1;

    private async Task RunAsync()
    {
        for (_attempt = 0; !_life.IsCancellationRequested; _attempt++)
        {
            await Task.Delay(Delays[Math.Min(_attempt, Delays.Length - 1)]);
            try
            {
                await using var client = await HubTestClient.ConnectAsync(cluster.Entrance, "messagepack", path)
                    .WaitAsync(Openings[Math.Min(_attempt, Openings.Length - 1)]);
                using var end = _life.Token.Register(client.Vanish);
                await StayAsync(client);
            }
            catch (Exception problem) when (problem is WebSocketException or IOException or TimeoutException or OperationCanceledException
                or HubException or HttpRequestException or ChannelClosedException)
            {
                // Gone, or not there yet: the next attempt.
            }
        }
    }
}
