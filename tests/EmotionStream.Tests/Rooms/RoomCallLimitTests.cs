using System.Net.WebSockets;
using EmotionStream.Contracts;
using EmotionStream.Rooms;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Tests.Rooms;

/// <summary>What a room's call refuses, and that nothing stays behind.</summary>
public class RoomCallLimitTests
{
    private const string Cut = "the connection was cut";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task SeventhParticipant_IsRefused_AndMayComeOnceThereIsRoom(int servers)
    {
        await using var cluster = await TestCluster.StartAsync(servers);
        var clients = await Task.WhenAll(Enumerable.Range(0, 7).Select(i => cluster[i].ConnectToRoomsAsync()));
        foreach (var client in clients[..6])
        {
            await client.JoinAsync("blue");
        }

        Assert.StartsWith("room_full", await RefusalAsync(clients[6], "Join", new JoinRequest("blue")), StringComparison.Ordinal);
        await clients[0].InvokeAsync<object>("Leave");
        JoinedRoom? seventh = null;
        await TestTimeouts.UntilAsync(
            async () =>
            {
                try
                {
                    seventh = await clients[6].JoinAsync("blue");
                }
                catch (HubException)
                {
                    // Another server learns a moment later that somebody has left.
                }

                return seventh is not null;
            },
            "room for the seventh");
        Assert.Equal(5, seventh!.Others.Count);

        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Signal_ThatCantBeDelivered_IsRefusedWithAReason(int servers)
    {
        await using var cluster = await TestCluster.StartAsync(servers);
        await using var ann = await cluster[0].ConnectToRoomsAsync();
        await using var stranger = await cluster[1].ConnectToRoomsAsync();
        var elsewhere = await stranger.JoinAsync("green");

        Assert.StartsWith("not_joined", await RefusalAsync(ann, "Signal", elsewhere.Id, "hello"), StringComparison.Ordinal);
        var joined = await ann.JoinAsync("blue");
        Assert.StartsWith("unknown_participant", await RefusalAsync(ann, "Signal", elsewhere.Id, "hello"), StringComparison.Ordinal);
        Assert.StartsWith("bad_signal", await RefusalAsync(ann, "Signal", joined.Id, new string('x', 16 * 1024 + 1)), StringComparison.Ordinal);
        Assert.StartsWith("bad_name", await RefusalAsync(ann, "Join", new JoinRequest("blue", new string('x', 10_000))), StringComparison.Ordinal);
        Assert.StartsWith("bad_room", await RefusalAsync(ann, "Join", new JoinRequest(null)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignalFlood_IsRateLimited_ThenCutOff_AndOthersAreUndisturbed()
    {
        await using var server = await TestServer.StartAsync("--Rooms:MaxCallsPerSecond=2", "--Rooms:ResumeWithin=00:00:00");
        await using var victim = await server.ConnectToRoomsAsync();
        await using var flooder = await server.ConnectToRoomsAsync();
        await using var friend = await server.ConnectToRoomsAsync();
        var target = await victim.JoinAsync("blue");
        var flooderJoined = await flooder.JoinAsync("blue");
        await friend.JoinAsync("blue");

        var refusals = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => TrySignalAsync(flooder, target.Id)));
        await friend.InvokeAsync<object>("Signal", target.Id, "hello");

        await victim.NextAsync(count: 2); // the two who joined after it
        List<object> messages = [];
        while (messages is not [.., object?[] and [_, "hello"]])
        {
            messages.Add(await victim.NextAsync());
        }

        // A burst of four less the join, and two a second for as long as the flood took.
        Assert.InRange(messages.Count(message => message is object?[] and [_, "flood"]), 3, 100);
        Assert.InRange(refusals.Count(refusal => refusal?.Contains("rate_limited: ", StringComparison.Ordinal) == true), 1, 100);
        Assert.InRange(refusals.Count(refusal => refusal == Cut), 300, 496);
        if (!messages.Contains(flooderJoined.Id))
        {
            Assert.Equal(flooderJoined.Id, await victim.NextAsync<string>());
        }
    }

    [Fact]
    public async Task FiveHundredJoins_LeaveNoRoomBehind()
    {
        await using var server = await TestServer.StartAsync("--Rooms:MaxCallsPerSecond=1000", "--Rooms:ResumeWithin=00:00:00");
        var clients = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => server.ConnectToRoomsAsync()));

        await Task.WhenAll(clients.Select(async client =>
        {
            for (var i = 0; i < 100; i++)
            {
                await client.JoinAsync($"room {i % 7}", "Ann");
            }
        }));

        Assert.InRange(server.Service<RoomRegistry>().Count, 1, 5);
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        await TestTimeouts.UntilAsync(() => server.Service<RoomRegistry>().Count == 0, "every room gone");
    }

    private static async Task<string?> TrySignalAsync(HubTestClient client, string to)
    {
        try
        {
            await client.InvokeAsync<object>("Signal", to, "flood");
            return null;
        }
        catch (HubException refusal)
        {
            return refusal.Message;
        }
        catch (Exception lost) when (lost is IOException or WebSocketException or ObjectDisposedException or OperationCanceledException or TimeoutException)
        {
            return Cut;
        }
    }

    private static async Task<string> RefusalAsync(HubTestClient client, string method, params object?[] arguments)
    {
        var message = (await Assert.ThrowsAsync<HubException>(() => client.InvokeAsync<object>(method, arguments))).Message;
        return message[(message.IndexOf("HubException: ", StringComparison.Ordinal) + "HubException: ".Length)..];
    }
}
