using System.Threading.Channels;
using EmotionStream.Contracts;
using EmotionStream.Rooms;
using EmotionStream.Sessions;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Tests.Rooms;

/// <summary>Senders who start and start again: they are limited, leave nothing behind, and disturb nobody.</summary>
public class RoomFloodTests
{
    private static readonly StartRequest IntoBlue = new(Purpose.Personal, Consent: true, "blue");

    [Fact]
    public async Task FiveHundredStarts_LeaveOneSessionAConnection_AndTheOthersUndisturbed()
    {
        await using var server = await TestServer.StartAsync("--Sessions:MaxStartsPerSecond=1000", "--Sessions:ResumeWithin=00:00:00");
        await using var ann = await server.ConnectAsync();
        await using var viewer = await server.ConnectToRoomsAsync();
        await ann.InvokeAsync<Started>("Start", IntoBlue with { Name = "Ann" });
        var updates = await viewer.StreamAsync<RoomUpdate>("Watch", new WatchRequest("blue", RateHz: 30));
        var flooders = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => server.ConnectAsync()));

        var flood = Task.WhenAll(flooders.Select(async flooder =>
        {
            for (var i = 0; i < 50; i++)
            {
                await flooder.InvokeAsync<Started>("Start", IntoBlue);
            }
        }));
        for (var sequence = 1; sequence <= 20; sequence++)
        {
            await ann.SubmitAsync(sequence, TestPictures.Face("happy"));
            Assert.Equal(sequence, (await ann.NextAsync<Measured>()).Sequence);
        }

        await flood;
        Assert.Equal(11, server.Service<SessionRegistry>().Count);
        await UntilAsync(updates, update => update.People.Count == 11);
        foreach (var flooder in flooders)
        {
            await flooder.DisposeAsync();
        }

        await UntilAsync(updates, update => update.People is [{ Name: "Ann", Dominant: "happy" }]);
        await TestTimeouts.UntilAsync(() => server.Service<SessionRegistry>().Count == 1, "the flooders' sessions ended");
    }

    [Fact]
    public async Task Starts_FasterThanAllowed_AreRefused_ThenCutOff()
    {
        await using var server = await TestServer.StartAsync("--Sessions:MaxStartsPerSecond=1", "--Sessions:ResumeWithin=00:00:00");
        await using var flooder = await server.ConnectAsync();
        await flooder.InvokeAsync<Started>("Start", IntoBlue);
        await flooder.InvokeAsync<Started>("Start", IntoBlue);

        var refusal = await Assert.ThrowsAsync<HubException>(() => flooder.InvokeAsync<Started>("Start", IntoBlue));
        var rest = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => Record.ExceptionAsync(() => flooder.InvokeAsync<Started>("Start", IntoBlue)).AsTask()));

        Assert.Contains("rate_limited: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(rest, problem => problem is not null and not HubException);
        await TestTimeouts.UntilAsync(() => server.Service<SessionRegistry>().Count == 0, "the flooder's session ended");
        Assert.Equal(0, server.Service<RoomRegistry>().Count);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Start_WithEndlessNames_IsRefusedWithTheReason(string protocol)
    {
        await using var server = await TestServer.StartAsync();
        await using var source = await server.ConnectAsync(protocol);
        var endless = new string('x', 10_000);

        var name = await Assert.ThrowsAsync<HubException>(() => source.InvokeAsync<Started>("Start", IntoBlue with { Name = endless }));
        var room = await Assert.ThrowsAsync<HubException>(() => source.InvokeAsync<Started>("Start", IntoBlue with { Room = endless }));
        await source.InvokeAsync<Started>("Start", IntoBlue with { Name = new string('x', 64) });

        Assert.Contains("bad_name: ", name.Message, StringComparison.Ordinal);
        Assert.Contains("bad_room: ", room.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Service<RoomRegistry>().Count);
    }

    private static async Task UntilAsync(ChannelReader<object> updates, Func<RoomUpdate, bool> holds)
    {
        RoomUpdate update;
        do
        {
            update = (RoomUpdate)await updates.ReadAsync(TestContext.Current.CancellationToken).AsTask()
                .WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);
        }
        while (!holds(update));
    }
}
