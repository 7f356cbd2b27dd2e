using System.Globalization;
using System.Text.RegularExpressions;
using EmotionStream.Contracts;
using EmotionStream.Storage;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.History;

/// <summary>A server process that is killed while it writes leaves a whole store, with everything that it had confirmed.</summary>
public partial class HistoryKillTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task KilledWhileWriting_TheStoreIsWhole_AndHasAllThatWasConfirmed(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        var confirmed = 0;
        for (var round = 0; round < 2; round++)
        {
            confirmed += await StreamUntilKilledAsync(place);
        }

        await using var database = place.Open();
        // The tables are as this version wants them, and can be written to again.
        await using var kit = new HistoryKit(place);
        kit.Source("blue", "after").Offer([HistoryKit.Reading("happy")]);
        await kit.StepAsync();
        await using var connection = await database.OpenAsync(Cancellation);
        if (kind == "sqlite")
        {
            Assert.Equal(["ok"], await connection.Sql("PRAGMA integrity_check").ReadAsync(row => row.GetString(0), Cancellation));
        }

        var kept = await connection.Sql("SELECT COUNT(*) FROM history_readings WHERE person <> 'after'").ReadNumberAsync(Cancellation);
        var nameless = await connection.Sql(
            "SELECT COUNT(*) FROM history_readings r WHERE NOT EXISTS (SELECT 1 FROM history_people p WHERE p.room = r.room AND p.person = r.person)")
            .ReadNumberAsync(Cancellation);
        Assert.True(confirmed >= 10, $"Only {confirmed} readings were confirmed before the kills.");
        Assert.True(kept >= confirmed, $"{confirmed} readings were confirmed, {kept} are there.");
        Assert.Equal(0, nameless);
    }

    /// <summary>Returns how many readings the server had confirmed when it was last asked.</summary>
    private static async Task<int> StreamUntilKilledAsync(TestDatabase place)
    {
        // Written every 10 ms, so that most moments are in the middle of a write.
        await using var process = await ServerProcess.StartAsync(
            ["--History:Enabled=true", "--History:RateHz=30", "--History:WriteEvery=00:00:00.010", .. place.Settings]);
        using var http = new HttpClient { BaseAddress = process.Address };
        await using var source = await HubTestClient.ConnectAsync(process.Address, "messagepack");
        await source.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, "blue"));
        var confirmed = 0;
        for (var sequence = 1; confirmed < 10; sequence++)
        {
            await source.SubmitAsync(sequence, TestPictures.Face("happy"));
            // On a busy machine a frame may be refused; the next is not.
            await source.NextAsync();
            var written = Written().Match(await http.GetStringAsync("/metrics", Cancellation));
            confirmed = written.Success ? int.Parse(written.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        }

        await process.KillAsync();
        return confirmed;
    }

    [GeneratedRegex(@"^emotionstream_history_written_total\{\} (\d+)", RegexOptions.Multiline)]
    private static partial Regex Written();
}
