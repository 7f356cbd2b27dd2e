using System.Diagnostics;
using EmotionStream.Contracts;
using EmotionStream.Rooms;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Benchmarks;

/// <summary>Somebody in a room's call who watches its dashboard.</summary>
internal sealed class ClusterCaller(ClusterUnderTest cluster, string room) : ClusterVisitor(cluster, "/hubs/room")
{
    private string? _token;
    private string? _id;
    private long _updatedAt = Stopwatch.GetTimestamp();

    /// <summary>How often it came back.</summary>
    public int Returns { get; private set; }

    /// <summary>How often it came back as somebody new.</summary>
    public int PlacesLost { get; private set; }

    /// <summary>The longest time without an update of the dashboard, since it was last set to zero.</summary>
    public TimeSpan LongestGap { get; set; }

    /// <summary>The fewest people that an update has shown, since it was last set.</summary>
    public int FewestPeople { get; set; } = int.MaxValue;

    protected override async Task StayAsync(HubTestClient client)
    {
        Count(await client.InvokeAsync<JoinedRoom>("Join", new JoinRequest(room, "caller", ClusterBenchmark.Token(room, RoomRole.Source), _token))
            .WaitAsync(TimeSpan.FromSeconds(8)));
        var updates = await client.StreamAsync<RoomUpdate>("Watch", new WatchRequest(room, RateHz: 10));
        LetIn();
        await foreach (var update in updates.ReadAllAsync(Life))
        {
            Count((RoomUpdate)update);
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
