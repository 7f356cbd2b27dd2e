using System.Net.Http.Json;
using System.Text.Json;
using EmotionStream.Corrections;
using EmotionStream.Learning;
using EmotionStream.Models;
using EmotionStream.Storage;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Learning;

/// <summary>A server process that is killed while it learns or promotes runs, when it is back, what was promoted last.</summary>
public class LearningKillTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KilledWhileLearningAndPromoting_TheLastPromotedVersionRuns_AndLearningGoesOn()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using (var database = place.Open())
        {
            var store = new CorrectionStore(database);
            foreach (var correction in MisreadGroup.Corrections(50, people: 10))
            {
                await store.AddAsync(correction, 1000, Cancellation);
            }
        }

        Assert.Equal(0, await RetrainAndKillAsync(place, state => state.GetProperty("progress").GetDouble() is > 0 and < 1));
        var promoted = await RetrainAndKillAsync(place, state => state.GetProperty("stage").GetString() == "promoted");
        // The same corrections again are no better than what runs, so nothing is promoted; killed as close to the end as can be seen.
        var still = await RetrainAndKillAsync(place, state => state.GetProperty("stage").GetString() is "judging" or "refused");

        await using var server = await TestServer.StartAsync(place.Settings);
        Assert.NotEqual(0, promoted);
        Assert.Equal(promoted, still);
        Assert.Equal(promoted, server.Service<ModelVersions>().Active!.Id);
        Assert.Equal(LearningStage.Refused, (await LearningTests.RetrainAsync(server)).Stage);
        await using var connection = await server.Service<Database>().OpenAsync(Cancellation);
        Assert.Equal(["ok"], await connection.Sql("PRAGMA integrity_check").ReadAsync(row => row.GetString(0), Cancellation));
        Assert.Equal(1, await connection.Sql("SELECT COUNT(*) FROM model_activations").ReadNumberAsync(Cancellation));
    }

    /// <summary>Returns the version that was active when the process was killed.</summary>
    private static async Task<long> RetrainAndKillAsync(TestDatabase place, Func<JsonElement, bool> isTime)
    {
        await using var process = await ServerProcess.StartAsync(place.Settings);
        using var http = new HttpClient { BaseAddress = process.Address };
        (await http.PostAsync("/api/v1/learning/retrain", null, Cancellation)).EnsureSuccessStatusCode();
        JsonElement report = default;
        await TestTimeouts.UntilAsync(
            async () => isTime((report = await http.GetFromJsonAsync<JsonElement>("/api/v1/learning", Cancellation)).GetProperty("state")), "the moment to kill it");
        await process.KillAsync();
        return report.GetProperty("active").GetInt64();
    }
}
