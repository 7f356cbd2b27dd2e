using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Cluster;

/// <summary>One room on several servers: who watches on one sees who is on another.</summary>
public class ClusterRoomTests
{
    [Fact]
    public async Task Viewer_OnAnotherServer_SeesReadings_AndWhoLeavesIsGoneAtOnce()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        await using var ann = await cluster[0].ConnectAsync();
        await using var ben = await cluster[1].ConnectAsync();
        await using var viewer = await cluster[1].ConnectToRoomsAsync();
        await ann.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, "blue", "Ann"));
        await ben.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, "blue", "Ben", Share: Share.Badge));
        var updates = await viewer.StreamAsync<RoomUpdate>("Watch", new WatchRequest("blue", RateHz: 10));

        await ann.SubmitAsync(1, TestPictures.Face("happy"));
        await ben.SubmitAsync(1, TestPictures.Face("neutral"));
        var both = await updates.UntilAsync(update => update.People.Count == 2 && update.People.All(person => person.Dominant is not null));

        Assert.Equal(["Ann", "Ben"], both.People.Select(person => person.Name));
        Assert.Equal(["happy", "neutral"], both.People.Select(person => person.Dominant));
        Assert.Single(both.People[0].Faces);
        Assert.Empty(both.People[1].Faces);
        Assert.Null(both.Partial);
        await ann.InvokeAsync<object>("Stop");
        var one = await updates.UntilAsync(update => update.People.Count == 1);
        Assert.Equal("Ben", one.People[0].Name);
    }

    [Fact]
    public async Task CameraPlaces_AreCountedOverAllServers()
    {
        await using var cluster = await TestCluster.StartAsync(2, "--Rooms:MaxPeople=1", "--Sessions:MaxStartsPerSecond=1000");
        await using var ann = await cluster[0].ConnectAsync();
        await using var ben = await cluster[1].ConnectAsync();
        await ann.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, "blue", "Ann"));

        var refused = await Assert.ThrowsAsync<Microsoft.AspNetCore.SignalR.HubException>(
            () => ben.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, "blue", "Ben")));
        Assert.Contains("room_full", refused.Message, StringComparison.Ordinal);
        await ann.InvokeAsync<object>("Stop");
        await TestTimeouts.UntilAsync(
            async () =>
            {
                try
                {
                    return await ben.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, "blue", "Ben")) is not null;
                }
                catch (Microsoft.AspNetCore.SignalR.HubException)
                {
                    return false;
                }
            },
            "the place is free again");
    }
}
