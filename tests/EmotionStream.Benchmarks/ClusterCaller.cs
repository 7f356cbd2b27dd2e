using System.Diagnostics;
using System.Net.WebSockets;
using EmotionStream.Contracts;
using EmotionStream.Rooms;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Benchmarks;

/// <summary>Somebody in a room's call who watches its dashboard through the cluster's entrance, and comes back as the browser's module does.</summary>
internal sealed class ClusterCaller : IAsyncDisposable
{
    private static readonly int[] Delays = [0, 300, 700, 1500];

    private readonly CancellationTokenSource _life = new();
    private readonly ClusterUnderTest _cluster;
    private readonly string _room;
    private readonly Task _run;
    private string? _token;
    private string? _id;
    private long _updatedAt = Stopwatch.GetTimestamp();

    public ClusterCaller(ClusterUnderTest cluster, string room)
    {
        (_cluster, _room) = (cluster, room);
        _run = RunAsync();
    }

    /// <summary>How often it came back.</summary>
    public int Returns { get; private set; }

    /// <summary>How often it came back as somebody new.</summary>
    public int PlacesLost { get; private set; }

    /// <summary>The longest time without an update of the dashboard, since it was last set to zero.</summary>
    public TimeSpan LongestGap { get; set; }

    /// <summary>The fewest people that an update has shown, since it was last set.</summary>
    public int FewestPeople { get; set; } = int.MaxValue;

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
                await using var client = await HubTestClient.ConnectAsync(_cluster.Entrance, "messagepack", "/hubs/room")
                    .WaitAsync(TimeSpan.FromSeconds(2));
                using var end = _life.Token.Register(client.Vanish);
                var joined = await client.InvokeAsync<JoinedRoom>(
                    "Join", new JoinRequest(_room, "caller", ClusterBenchmark.Token(_room, RoomRole.Source), _token)).WaitAsync(TimeSpan.FromSeconds(8));
                Count(joined);
                var updates = await client.StreamAsync<RoomUpdate>("Watch", new WatchRequest(_room, RateHz: 10));
                attempt = -1;
                await foreach (var update in updates.ReadAllAsync(_life.Token))
                {
                    Count((RoomUpdate)update);
                }
            }
            catch (Exception problem) when (problem is WebSocketException or IOException or TimeoutException or OperationCanceledException
                or Microsoft.AspNetCore.SignalR.HubException or System.Net.Http.HttpRequestException)
            {
                // Gone, or not there yet: the next attempt.
            }
        }
    }

    private void Count(JoinedRoom joined)
    {
        if (_id is not null)
        {
            Returns++;
            PlacesLost += joined.Id == _id ? 0 : 1;
        }

        (_id, _token) = (joined.Id, joined.ResumeToken);
    }

    private void Count(RoomUpdate update)
    {
        var gap = Stopwatch.GetElapsedTime(_updatedAt);
        _updatedAt = Stopwatch.GetTimestamp();
        LongestGap = gap > LongestGap ? gap : LongestGap;
        FewestPeople = Math.Min(FewestPeople, update.People.Count);
    }
}
