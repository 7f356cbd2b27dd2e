using System.Collections.Concurrent;
using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Limits;
using EmotionStream.Rooms;
using EmotionStream.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EmotionStream.Benchmarks;

/// <summary>One camera in a room: sends frames at a camera's pace and times the way from there to the answer.</summary>
internal sealed class RoomSource : ICameraClient
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1 / 15.0);

    private readonly ConcurrentDictionary<long, long> _sentAt = [];
    private readonly ConcurrentBag<double> _latencies = [];
    private readonly FrameBuffers _buffers = new();
    private readonly byte[] _picture;
    private readonly Session _session;
    private long _sequence;

    public RoomSource(WebApplication app, string room, byte[] picture)
    {
        _picture = picture;
        var profile = new SenderProfile(Purpose.Research, room, Name: null, WantHeatmap: false);
        var connection = new SenderConnection(Guid.NewGuid().ToString(), this, ClientQuota.Unlimited, () => { });
        _session = app.Services.GetRequiredService<SessionRegistry>().StartAsync(connection, profile, resumeToken: null).AsTask().Result.Session;
        if (app.Services.GetRequiredService<RoomRegistry>().PlaceAsync(_session).AsTask().Result is { } refusal)
        {
            throw new InvalidOperationException(refusal.Detail);
        }
    }

    /// <summary>Sends so many frames and returns the latencies of those that were measured, in milliseconds.</summary>
    public async Task<double[]> RunAsync(int frames)
    {
        _latencies.Clear();
        using var pace = new PeriodicTimer(Pace);
        for (var i = 0; i < frames && await pace.WaitForNextTickAsync(); i++)
        {
            var now = TimeProvider.System.GetTimestamp();
            _sentAt[++_sequence] = now;
            _session.Submit(_sequence, _sequence * Pace.TotalMilliseconds, JpegFrame.Read(_picture.AsSpan(), _buffers));
        }

        while (!_sentAt.IsEmpty)
        {
            await pace.WaitForNextTickAsync();
        }

        return [.. _latencies];
    }

    public Task Measured(Measured measured)
    {
        if (_sentAt.TryRemove(measured.Sequence, out var sentAt))
        {
            _latencies.Add(TimeProvider.System.GetElapsedTime(sentAt).TotalMilliseconds);
        }

        return Task.CompletedTask;
    }

    public Task Rejected(Rejected rejected)
    {
        _sentAt.TryRemove(rejected.Sequence, out _);
        return Task.CompletedTask;
    }

    public Task Stopping(Stopping stopping) => Task.CompletedTask;
}
