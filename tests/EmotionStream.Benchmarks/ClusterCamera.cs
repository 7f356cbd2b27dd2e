using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Benchmarks;

/// <summary>A camera that sends ten frames a second.</summary>
internal sealed class ClusterCamera(ClusterUnderTest cluster, string room, string name) : ClusterVisitor(cluster, "/hubs/camera")
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _token;
    private long _sent;
    private long _answered;
    private (ClusterUnderTest.Server Not, TaskCompletionSource Done)? _waiting;

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

    protected override async Task StayAsync(HubTestClient client)
    {
        var started = await client.InvokeAsync<Started>(
            "Start", new StartRequest(Purpose.Research, Consent: true, room, name, _token, Token: ClusterBenchmark.Token(room, RoomRole.Source)));
        (_token, SessionId) = (started.ResumeToken, started.SessionId);
        Server = await Cluster.ServerOfAsync(started.ResumeToken);
        LetIn();
        await SendAsync(client);
    }

    private async Task SendAsync(HubTestClient client)
    {
        var face = TestPictures.Face("happy");
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(Life);
        var answers = ReadAsync(client);
        using var timer = new PeriodicTimer(Pace);
        while (!client.Ended.IsCompleted && !answers.IsCompleted && await timer.WaitForNextTickAsync(Life))
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
