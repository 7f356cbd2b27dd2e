using EmotionStream.Contracts;
using EmotionStream.Corrections;
using EmotionStream.Faces.Emotion;
using EmotionStream.Learning;
using EmotionStream.Models;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Learning;

/// <summary>The whole way from kept corrections to a model that speaks, in a real server over a real database.</summary>
public class LearningTests
{
    public static TheoryData<string> Kinds => TestDatabase.Kinds;

    private const int Held = 60;

    // A second on a quiet machine; on a busy one it gets what everything else leaves.
    private static readonly TimeSpan Retraining = TimeSpan.FromMinutes(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Retrain_OnAGroupThatIsMisread_IsPromoted_SurvivesARestart_AndRollsBack(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        EmotionHead learned;
        await using (var server = await TestServer.StartAsync(place.Settings))
        {
            await KeepAsync(server, MisreadGroup.Corrections(50, people: 10));

            var state = await RetrainAsync(server);

            Assert.True(state.Stage == LearningStage.Promoted, state.Detail);
            var versions = server.Service<ModelVersions>();
            learned = versions.Head!;
            var figures = versions.Active!.Figures;
            Assert.Equal((50, 10), (figures.LearnedFrom + figures.Corrections!.Faces, figures.People));
            Assert.True(figures.After > figures.Before);
            Assert.True(MisreadGroup.Accuracy(learned, skip: 50, Held) >= MisreadGroup.Accuracy(MisreadGroup.Model.Head!, skip: 50, Held) + 0.1);
        }

        await using (var server = await TestServer.StartAsync(place.Settings))
        {
            var versions = server.Service<ModelVersions>();
            Assert.Equal(learned, versions.Head);

            await versions.RollBackAsync(Cancellation);

            Assert.Null(versions.Active);
            Assert.Equal(MisreadGroup.Model.Head, versions.Head);
            var nothing = await Assert.ThrowsAsync<RefusedException>(() => versions.RollBackAsync(Cancellation));
            Assert.Equal("nothing_before", nothing.Refusal.Code);
        }

        await using (var server = await TestServer.StartAsync(place.Settings))
        {
            Assert.Null(server.Service<ModelVersions>().Active);
        }
    }

    [Fact]
    public async Task Retrain_OnTwoHundredWrongCorrectionsOfOnePerson_IsNotPromoted()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync(place.Settings);
        await KeepAsync(server, MisreadGroup.Corrections(200, people: 1, label: 5));

        var state = await RetrainAsync(server);

        Assert.Equal(LearningStage.Refused, state.Stage);
        Assert.Null(server.Service<ModelVersions>().Active);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => server.Service<ModelVersions>().PromoteAsync(state.Version!.Value, Cancellation));
        Assert.Equal("not_passed", refused.Refusal.Code);
    }

    [Fact]
    public async Task Retrain_WithAndThenWithoutABadContributor_GivesExactlyTheModelWithoutThem()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync(place.Settings);
        await KeepAsync(server, MisreadGroup.Corrections(50, people: 10));
        await RetrainAsync(server);
        var clean = server.Service<ModelVersions>().Head;
        await KeepAsync(server, MisreadGroup.Corrections(200, people: 1, prefix: "bad", label: 5));
        var tainted = await RetrainAsync(server);

        var erased = await server.Service<CorrectionStore>().EraseAsync(
            new CorrectionFilter(Contributor: Correction.ContributorOf("bad person 0, a secret")), Cancellation);
        var again = await RetrainAsync(server);

        Assert.Equal(200, erased);
        var store = server.Service<VersionStore>();
        Assert.Equal(clean, (await store.FindAsync(again.Version!.Value, Cancellation))!.Head);
        Assert.NotEqual(clean, (await store.FindAsync(tainted.Version!.Value, Cancellation))!.Head);
    }

    [Fact]
    public async Task Retrain_WhileFramesStream_AnswersEveryFrame_BeforeAndAfterTheSwap()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync([.. place.Settings, "--Sessions:MaxFramesPerSecond=1000"]);
        await KeepAsync(server, MisreadGroup.Corrections(50, people: 10));
        await using var client = await server.ConnectAsync();
        await client.StartAsync();
        var face = TestPictures.Face("happy");

        var retraining = server.Service<LearningService>().Start();
        var (sent, after) = (0L, 0);
        while (after < 5)
        {
            await client.SubmitAsync(++sent, face);
            var measured = await client.NextAsync<EmotionStream.Contracts.Measured>();
            Assert.Equal(sent, measured.Sequence);
            Assert.Single(measured.Faces);
            after += retraining.IsCompleted ? 1 : 0;
        }

        Assert.Equal(LearningStage.Promoted, server.Service<LearningService>().State.Stage);
    }

    [Fact]
    public async Task Retrain_WhileOneIsUnderWay_IsRefused()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync(place.Settings);
        var learning = server.Service<LearningService>();
        var first = learning.Start();

        var refused = Assert.Throws<RefusedException>(() => { _ = learning.Start(); });

        Assert.Equal("already_running", refused.Refusal.Code);
        await first.WaitAsync(Retraining, Cancellation);
        Assert.Contains("Only 0 corrections", learning.State.Detail);
    }

    [Fact]
    public async Task AReplaySetOfAnotherModel_LeavesTheServerRunning_AndSaysWhyNothingIsLearned()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        var path = Path.Combine(place.Folder, "other.bin");
        MadeFaces.Replay().Write(path);
        await using var server = await TestServer.StartAsync([.. place.Settings, $"--Feedback:ReplaySet={path}"]);

        Assert.Contains("another model", server.Service<LearningService>().Unavailable());
        Assert.Equal(LearningStage.Failed, (await RetrainAsync(server)).Stage);
    }

    [Fact]
    public async Task AServerThatIsNeverCorrected_WritesNothing()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync(place.Settings);
        using var http = server.CreateHttpClient();

        await http.GetStringAsync("/api/v1/learning", Cancellation);
        await http.GetStringAsync("/api/v1/corrections", Cancellation);

        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Folder));
    }

    internal static async Task KeepAsync(TestServer server, IEnumerable<Correction> corrections)
    {
        foreach (var correction in corrections)
        {
            Assert.True(await server.Service<CorrectionStore>().AddAsync(correction, 20_000, Cancellation));
        }
    }

    internal static async Task<LearningState> RetrainAsync(TestServer server)
    {
        var learning = server.Service<LearningService>();
        await learning.Start().WaitAsync(Retraining, Cancellation);
        return learning.State;
    }
}
