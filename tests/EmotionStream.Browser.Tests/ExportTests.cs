using System.Globalization;
using EmotionStream.Browser.Tests.Kit;
using EmotionStream.Tests.Kit;
using static EmotionStream.Browser.Tests.Kit.LivePage;

namespace EmotionStream.Browser.Tests;

/// <summary>What the person takes away: readings as CSV and JSON, and a picture.</summary>
public class ExportTests(Browsers browsers, SharedPages shared) : LiveTest(browsers, shared), IClassFixture<SharedPages>
{
    [Fact]
    public async Task Exports_BeforeAnyReading_CantBePressed()
    {
        var (_, live) = await OpenAgreedAsync();

        await Expect(live.ExportCsv).ToBeDisabledAsync();
        await Expect(live.ExportJson).ToBeDisabledAsync();
        await Expect(live.Snapshot).ToBeDisabledAsync();
    }

    [Fact]
    public async Task ExportCsv_AfterReadings_HasOneRowEachWithEveryExpression()
    {
        var live = await RunDemoAsync();

        var download = await live.Page.RunAndWaitForDownloadAsync(() => live.ExportCsv.ClickAsync());

        Assert.Matches(@"^emotionstream-[\dT-]+\.csv$", download.SuggestedFilename);
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        var head = lines[0].Split(',');
        Assert.True(lines.Length > 1);
        foreach (var row in lines.Skip(1).Select(line => line.Split(',')))
        {
            Assert.Equal(head.Length, row.Length);
            var shares = EmotionLabels.Select(label => double.Parse(row[Array.IndexOf(head, label)], CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(1, shares.Sum(), 1e-2);
            Assert.Equal(EmotionLabels[shares.IndexOf(shares.Max())], row[Array.IndexOf(head, "dominant")]);
        }
    }

    [Fact]
    public async Task ExportJson_AfterReadings_HasThemInTheOrderOfTime()
    {
        var live = await RunDemoAsync();

        var recording = await live.RecordingAsync();

        Assert.NotEmpty(recording.Readings);
        Assert.All(recording.Readings, reading => Assert.Equal(1, reading.SumOfShares, 1e-2));
        Assert.Equal(recording.Readings.OrderBy(reading => reading.Time), recording.Readings);
    }

    [Fact]
    public async Task Snapshot_WhileRunning_IsThePictureInItsOwnSize()
    {
        var live = await RunDemoAsync();

        var download = await live.Page.RunAndWaitForDownloadAsync(() => live.Snapshot.ClickAsync());

        var png = await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal("PNG"u8, png.AsSpan(1, 3));
        // A PNG's header holds width and height, big-endian, from byte 16.
        Assert.Equal(640, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(480, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    private static IReadOnlyList<string> EmotionLabels => Contracts.EmotionLabels.All;

    private async Task<LivePage> RunDemoAsync()
    {
        var (_, live) = await OpenAgreedAsync();
        await live.Demo.ClickAsync();
        await live.FaceIdAsync();
        return live;
    }
}
