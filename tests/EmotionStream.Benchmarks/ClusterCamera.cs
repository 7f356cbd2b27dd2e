using System.Net.WebSockets;
using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Benchmarks;

/// <summary>A camera that sends ten frames a second through the cluster's entrance, and comes back as the browser's module does.</summary>
internal sealed class ClusterCamera : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private static readonly int[] Delays = [0, 300, 700, 1500];
    private static readonly TimeSpan[] Openings = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    private readonly ClusterUnderTest _cluster;
    private readonly CancellationTokenSource _life = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _run;
    private readonly string _room;
    private readonly string _name;
    private string? _token;
    private long _sent;
    private long _answered;
    private (ClusterUnderTest.Server Not, TaskCompletionSource Done)? _waiting;

    public ClusterCamera(ClusterUnderTest cluster, string room, string name)
    {
        (_cluster, _room, _name) = (cluster, room, name);
        _run = RunAsync();
    }

    public Task FirstAnswer => _first.Task;

    public ClusterUnderTest.Server? Server { get; private set; }

    public string? SessionId { get; private set; }

    public string? FaceId { get; private set; }

    /// <summary>Frames that were not answered, the two on their way left out.</summary>
    public long Lost => Math.Max(0, Interlocked.Read(ref _sent) - Interlocked.Read(ref _answered) - 2);

    public Task NextAnswerElsewhere(ClusterUnderTest.Server than)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting = (than, done);
        return done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _life.CancelAsync();
        await _run;
        _life.Dispose();
    }

    private async Task RunAsync()
    {
        for (var attempt = 0; !_life.IsCancellationRequested; attempt++)
        {
            await Task.Delay(Delays[Math.Min(attempt, Delays.Length - 1)]);
            try
            {
                await using var client = await HubTestClient.ConnectAsync(_cluster.Entrance, "messagepack")
                    .WaitAsync(Openings[Math.Min(attempt, Openings.Length - 1)]);
                var started = await client.InvokeAsync<Started>(
                    "Start", new StartRequest(Purpose.Research, Consent: true, _room, _name, _token, Token: ClusterBenchmark.Token(_room, RoomRole.Source)));
                (_token, SessionId) = (started.ResumeToken, started.SessionId);
                Server = await _cluster.ServerOfAsync(started.ResumeToken);
                attempt = -1;
                await SendAsync(client);
            }
            catch (Exception problem) when (problem is WebSocketException or IOException or TimeoutException or OperationCanceledException
                or Microsoft.AspNetCore.SignalR.HubException or System.Net.Http.HttpRequestException or System.Threading.Channels.ChannelClosedException)
            {
                // Gone, or not there yet: the next attempt.
            }
        }
    }

    private async Task SendAsync(HubTestClient client)
    {
        var face = TestPictures.Face("happy");
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(_life.Token);
        var answers = ReadAsync(client);
        using var timer = new PeriodicTimer(Pace);
        while (!client.Ended.IsCompleted && !answers.IsCompleted && await timer.WaitForNextTickAsync(_life.Token))
        {
            Interlocked.Increment(ref _sent);
            await client.SubmitAsync(_sent, face, _sent * Pace.TotalMilliseconds);
            // As the browser's module does: a connection that does not answer for so long is replaced.
            if (_sent - _answered > 30)
            {
                break;
            }
        }

        Interlocked.Exchange(ref _answered, _sent);
    }

    private async Task ReadAsync(HubTestClient client)
    {
        await foreach (var answer in client.Answers.ReadAllAsync())
        {
            Interlocked.Increment(ref _answered);
            if (answer is Measured { Faces: [var face, ..] })
            {
                FaceId = face.Id;
                _first.TrySetResult();
                if (_waiting is { } waiting && Server != waiting.Not)
                {
                    waiting.Done.TrySetResult();
                }
            }
        }
    }
}
