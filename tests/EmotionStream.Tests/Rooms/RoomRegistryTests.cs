using EmotionStream.Contracts;
using EmotionStream.History;
using EmotionStream.Rooms;
using EmotionStream.Sessions;
using EmotionStream.Tests.Kit;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EmotionStream.Tests.Rooms;

/// <summary>Entering and leaving, limits, and that nothing stays behind.</summary>
public class RoomRegistryTests
{
    [Fact]
    public async Task TryJoin_FiveHundredAtOnce_LetsInAsManyAsFit_AndLeavesNoRoomBehind()
    {
        var options = new RoomsOptions();
        var rooms = Rooms(options);
        var calls = new Calls(rooms, Options.Create(options), new NoRoomLink(), new NoOtherServers(), TimeProvider.System);
        var client = new SilentClient();

        var joins = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(async () =>
        {
            var (joined, refusal) = await calls.JoinAsync("blue", room => NewCaller(room, client));
            return (joined?.Caller, refusal?.Code);
        })));
        var callers = joins.Select(join => join.Caller).OfType<Caller>().ToList();
        var most = callers[0].Room.Callers.All.Count;
        Parallel.ForEach(callers, calls.Leave);
        await Task.WhenAll(callers.Select(caller => caller.Delivery)).WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);

        Assert.Equal((6, 6), (callers.Count, most));
        Assert.Equal(494, joins.Count(join => join.Code == "room_full"));
        Assert.Equal(0, rooms.Count);
    }

    [Fact]
    public void TryWatch_PastTheLimits_Refuses_AndLeavingMakesPlace()
    {
        var rooms = Rooms(new RoomsOptions { MaxRooms = 1, MaxViewers = 1 });

        Assert.Null(rooms.TryWatch("blue", 5, DateTimeOffset.MaxValue, out var first));
        Assert.Equal("room_full", rooms.TryWatch("blue", 5, DateTimeOffset.MaxValue, out _)?.Code);
        Assert.Equal("busy", rooms.TryWatch("green", 5, DateTimeOffset.MaxValue, out _)?.Code);
        rooms.Leave(first!);
        rooms.Leave(first!);

        Assert.Equal(0, rooms.Count);
        Assert.Null(rooms.TryWatch("green", 5, DateTimeOffset.MaxValue, out _));
    }

    [Fact]
    public async Task Watch_AfterADeparture_DoesNotWaitForItsTurn()
    {
        // Its turn would come after 1000 s.
        Assert.Null(Rooms(new RoomsOptions()).TryWatch("blue", 0.001, DateTimeOffset.MaxValue, out var viewer));
        await using var updates = viewer!.WatchAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await updates.MoveNextAsync());

        var next = updates.MoveNextAsync().AsTask();
        viewer.Room.AnnounceChange();

        Assert.True(await next.WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Watch_EndsWithItsToken()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        Assert.Null(Rooms(new RoomsOptions(), time).TryWatch("blue", 30, time.GetUtcNow().AddMinutes(1), out var viewer));
        await using var updates = viewer!.WatchAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await updates.MoveNextAsync());
        Assert.True(await NextAfterAsync(TimeSpan.FromSeconds(1)));
        Assert.False(await NextAfterAsync(TimeSpan.FromMinutes(1)));

        Task<bool> NextAfterAsync(TimeSpan pause)
        {
            var next = updates.MoveNextAsync().AsTask();
            time.Advance(pause);
            return next.WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);
        }
    }

    private static Caller NewCaller(Room room, IRoomClient client) =>
        new(room, new Participant(Secrets.NewId(), null), new CallerConnection("connection", client, () => { }), DateTimeOffset.MaxValue, TimeProvider.System);

    private static RoomRegistry Rooms(RoomsOptions options, TimeProvider? time = null) => new(
        Options.Create(options), new HistoryRecorder(Options.Create(new HistoryOptions()), null!, TimeProvider.System), new NoRoomLink(), time ?? TimeProvider.System);

    private sealed class SilentClient : IRoomClient
    {
        public Task Joined(Participant participant) => Task.CompletedTask;

        public Task Left(string participantId) => Task.CompletedTask;

        public Task Signalled(string from, string payload) => Task.CompletedTask;
    }
}
