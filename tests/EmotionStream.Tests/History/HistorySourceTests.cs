using EmotionStream.History;
using EmotionStream.Tests.Kit;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;

namespace EmotionStream.Tests.History;

/// <summary>Readings are taken at the chosen rate, and nobody waits for them to be.</summary>
public class HistorySourceTests
{
    [Theory]
    [InlineData(15, 60)]
    [InlineData(30, 60)]
    [InlineData(1.3, 39)]
    public async Task Offer_AtAnyFrameRate_KeepsAtMostTwoASecond(double framesPerSecond, int kept)
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var kit = new HistoryKit(place, time: time);
        var source = kit.Source("blue", "a", interval: TimeSpan.FromSeconds(0.5));

        for (var frame = 0; frame < 30 * framesPerSecond; frame++)
        {
            source.Offer([HistoryKit.Reading("happy")]);
            time.Advance(TimeSpan.FromSeconds(1 / framesPerSecond));
        }

        Assert.InRange(kit.Queue.Count, kept - 1, kept + 1);
    }

    [Fact]
    public async Task Offer_AfterAPause_DoesNotCatchUp()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var kit = new HistoryKit(place, time: time);
        var source = kit.Source("blue", "a", interval: TimeSpan.FromSeconds(0.5));

        source.Offer([HistoryKit.Reading("happy")]);
        time.Advance(TimeSpan.FromMinutes(1));
        for (var frame = 0; frame < 5; frame++)
        {
            source.Offer([HistoryKit.Reading("happy")]);
            time.Advance(TimeSpan.FromMilliseconds(60));
        }

        Assert.Equal(2, kit.Queue.Count);
    }

    [Fact]
    public async Task Offer_ToAFullBacklog_DropsAndCounts_AndAllocatesNothing()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var kit = new HistoryKit(place, new HistoryOptions { Backlog = 100 });
        var source = kit.Source("blue", "a");
        EmotionStream.Contracts.FaceReading[] faces = [HistoryKit.Reading("happy")];
        for (var i = 0; i < 200; i++)
        {
            source.Offer(faces);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            source.Offer(faces);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(100, kit.Queue.Count);
        // Counted only now: a collector that listens allocates.
        using var dropped = kit.Count("emotionstream.history.dropped");
        source.Offer(faces);
        Assert.Equal(1, dropped.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    [Fact]
    public async Task AMutedSource_KeepsNothingMore()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var kit = new HistoryKit(place);
        var source = kit.Source("blue", "a");

        source.Offer([HistoryKit.Reading("happy")]);
        source.Mute();
        source.Offer([HistoryKit.Reading("happy")]);

        Assert.Equal(1, kit.Queue.Count);
    }

    [Fact]
    public async Task ANameThatIsNoText_IsMendedRatherThanRefused()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var kit = new HistoryKit(place);
        kit.Source("blue", "a", "half \ud800 a pair").Offer([HistoryKit.Reading("happy")]);

        await kit.StepAsync();

        Assert.Equal("half \ufffd a pair", Assert.Single(await kit.ReadAsync(new HistoryScope("blue"))).Name);
    }
}
