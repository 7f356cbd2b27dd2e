using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.SignalR.Client;

namespace EmotionStream.Load;

/// <summary>One camera: sends frames at its pace and notes what becomes of them.</summary>
internal sealed class Camera : IAsyncDisposable
{
    // What the server asks its senders to keep to (limits.maxUnanswered).
    private const int MostUnanswered = 2;

    private readonly HubConnection _hub;
    private readonly ConcurrentDictionary<long, long> _sentAt = [];
    private readonly ConcurrentQueue<double> _latencies = [];
    private readonly ConcurrentDictionary<string, int> _refused = [];
    private readonly Pace _pace;
    private long _sequence;
    private int _unanswered;
    private int _sent;
    private int _skipped;

    public Camera(Uri server, Pace pace)
    {
        _pace = pace;
        _hub = Connections.To(server, "/hubs/camera");
        _hub.On<Dictionary<string, object>>("Measured", answer => Answered(answer, refusal: null));
        _hub.On<Dictionary<string, object>>("Rejected", answer => Answered(answer, (string)answer["reason"]));
        _hub.On<Dictionary<string, object>>("Stopping", _ => { });
    }

    /// <summary>Milliseconds from a frame's sending to its answer.</summary>
    public IReadOnlyCollection<double> Latencies => _latencies;

    public IReadOnlyDictionary<string, int> Refused => _refused;

    public int Sent => _sent;

    /// <summary>Frames on their way to an answer.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

    /// <summary>Frames that were not sent, because as many as allowed were on their way.</summary>
    public int Skipped => _skipped;

    public async Task StartAsync(string? room, CancellationToken cancellation)
    {
        await _hub.StartAsync(cancellation);
        await _hub.InvokeAsync<Dictionary<string, object>>(
            "Start", new Dictionary<string, object?> { ["purpose"] = "research", ["consent"] = true, ["room"] = room }, cancellation);
    }

    /// <param name="phase">When the first frame is due, as a part of the time between two.</param>
    public async Task SendAsync(byte[][] frames, double phase, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var due = _pace.Step * phase;
        for (var frame = 0; !cancellation.IsCancellationRequested; frame++, due += _pace.Step)
        {
            if (due - Stopwatch.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
            {
                await Task.Delay(left, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (_pace.Adapts && Volatile.Read(ref _unanswered) >= MostUnanswered)
            {
                _skipped++;
                continue;
            }

            var sequence = ++_sequence;
            _sentAt[sequence] = Stopwatch.GetTimestamp();
            _sent++;
            Interlocked.Increment(ref _unanswered);
            await _hub.SendAsync("SubmitFrame", sequence, (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds, frames[frame % frames.Length], CancellationToken.None);
        }
    }

    /// <summary>What was counted so far does not count: the load has settled.</summary>
    public void Reset()
    {
        _latencies.Clear();
        _refused.Clear();
        (_sent, _skipped) = (0, 0);
    }

    /// <summary>Ends the session; without it the server keeps it for a while, for somebody who comes back.</summary>
    public Task StopAsync(CancellationToken cancellation) => _hub.InvokeAsync("Stop", cancellation);

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private void Answered(Dictionary<string, object> answer, string? refusal)
    {
        Interlocked.Decrement(ref _unanswered);
        var took = _sentAt.TryRemove(Convert.ToInt64(answer["sequence"], CultureInfo.InvariantCulture), out var sentAt)
            ? Stopwatch.GetElapsedTime(sentAt).TotalMilliseconds
            : throw new InvalidOperationException("An answer to a frame that was answered before.");
        _pace.Heard(answer.TryGetValue("pace", out var pace) && pace is not null ? Convert.ToDouble(pace, CultureInfo.InvariantCulture) : null);
        if (refusal is null)
        {
            _latencies.Enqueue(took);
        }
        else
        {
            _refused.AddOrUpdate(refusal, 1, (_, count) => count + 1);
        }
    }
}
