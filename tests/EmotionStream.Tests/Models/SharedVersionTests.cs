using EmotionStream.Contracts;
using EmotionStream.Faces.Emotion;
using EmotionStream.Models;
using EmotionStream.Storage;
using EmotionStream.Telemetry;
using EmotionStream.Tests.Kit;
using EmotionStream.Tests.Learning;

namespace EmotionStream.Tests.Models;

/// <summary>Servers that share a database run the same version of the emotion model, whichever of them was told to change it.</summary>
[Collection(nameof(Alone))]
public class SharedVersionTests
{
    private const int Angry = 4, Contempt = 7;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task APromotion_AndARollback_ReachTheOtherServer_WhileItStreams_AndOverARestartOfTheDatabase()
    {
        await using var place = await TestDatabase.CreateAsync("postgres");
        await using var here = await TestServer.StartAsync(place.Settings);
        await using var there = await TestServer.StartAsync([.. place.Settings, "--Sessions:MaxFramesPerSecond=1000"]);
        await using var camera = await there.ConnectAsync();
        await camera.StartAsync();
        var (first, second) = (await AddAsync(here, Angry), await AddAsync(here, Contempt));

        await PromoteAsync(here, first);
        var sent = await StreamUntilAsync(camera, "angry", 0);

        PostgresServer.Get().Crash();
        try
        {
            await TestTimeouts.UntilAsync(() => there.Service<Degradations>().Any, "the loss to be noticed");
            sent = await StreamUntilAsync(camera, "angry", sent);
        }
        finally
        {
            PostgresServer.Get().Start();
        }

        await PromoteAsync(here, second);
        sent = await StreamUntilAsync(camera, "contempt", sent);
        Assert.False(there.Service<Degradations>().Any);

        await here.Service<ModelVersions>().RollBackAsync(Cancellation);
        sent = await StreamUntilAsync(camera, "angry", sent);
        await here.Service<ModelVersions>().RollBackAsync(Cancellation);
        await StreamUntilAsync(camera, "happy", sent);
        Assert.Null(there.Service<ModelVersions>().Active);
    }

    [Fact]
    public async Task AnUploadedModel_ReachesServersWithFoldersOfTheirOwn_WhetherTheyRunAlreadyOrStartLater()
    {
        await using var place = await TestDatabase.CreateAsync("postgres");
        await using var second = await TestDatabase.CreateAsync("sqlite");
        await using var third = await TestDatabase.CreateAsync("sqlite");
        await using var here = await TestServer.StartAsync(place.Settings);
        await using var there = await TestServer.StartAsync([.. place.Settings, $"--Storage:DataDirectory={second.Folder}", "--Sessions:MaxFramesPerSecond=1000"]);
        await using var camera = await there.ConnectAsync();
        await camera.StartAsync();
        using var http = here.CreateHttpClient();

        var reply = await http.PostAsync(
            "/api/v1/models?name=mine.onnx&activate=true", new ByteArrayContent(MisreadGroup.Model.With(Leaning(Contempt))), Cancellation);
        reply.EnsureSuccessStatusCode();
        await StreamUntilAsync(camera, "contempt", 0);
        await using var later = await TestServer.StartAsync([.. place.Settings, $"--Storage:DataDirectory={third.Folder}"]);

        Assert.Equal("mine.onnx", there.Service<ModelVersions>().File.Name);
        Assert.Equal("mine.onnx", later.Service<ModelVersions>().File.Name);
    }

    [Fact]
    public async Task AHeadForAModelThatOnlyOneServerHas_LeavesTheOtherWithWhatRan_UntilTheNextPromotion()
    {
        await using var place = await TestDatabase.CreateAsync("postgres");
        await using var here = await TestServer.StartAsync(place.Settings);
        await using var there = await TestServer.StartAsync(place.Settings);
        var (foreign, learned) = (await AddAsync(here, Angry, "another configured model's hash"), await AddAsync(here, Angry));
        var versions = there.Service<ModelVersions>();

        await here.Service<VersionStore>().ActivateAsync(foreign, 0, Cancellation);
        await versions.LookAsync(Cancellation);
        await versions.LookAsync(Cancellation);
        Assert.Null(versions.Active);

        await PromoteAsync(here, learned);
        await versions.LookAsync(Cancellation);
        Assert.Equal(learned, versions.Active!.Id);
    }

    /// <summary>A head that sees one label in every face.</summary>
    private static EmotionHead Leaning(int label) => MisreadGroup.Model.Head! with
    {
        Bias = [.. MisreadGroup.Model.Head!.Bias.Select((bias, index) => index == label ? bias + 30 : bias)],
    };

    private static async Task<long> AddAsync(TestServer server, int label, string? model = null) => (await server.Service<VersionStore>().AddAsync(
        new ModelVersion(0, 0, ModelVersion.Learned, model ?? MisreadGroup.Model.Sha256, "emotion.onnx", Leaning(label), null, new VersionFigures()), file: null, Cancellation)).Id;

    /// <summary>As often as an operator would press the button while the database is still starting.</summary>
    private static Task PromoteAsync(TestServer server, long version) => TestTimeouts.UntilAsync(
        async () =>
        {
            try
            {
                await server.Service<ModelVersions>().PromoteAsync(version, Cancellation);
                return true;
            }
            catch (Exception problem) when (Database.IsOutage(problem))
            {
                return false;
            }
        },
        "the version promoted");

    /// <summary>Sends one face after the other until it reads as a label; each is answered, with its face. Returns the last frame's number.</summary>
    private static async Task<long> StreamUntilAsync(HubTestClient camera, string label, long sent)
    {
        var picture = TestPictures.Face("happy");
        for (var until = DateTime.UtcNow + TestTimeouts.Default; DateTime.UtcNow < until;)
        {
            await camera.SubmitAsync(++sent, picture);
            var measured = await camera.NextAsync<Measured>();
            Assert.Equal(sent, measured.Sequence);
            if (Assert.Single(measured.Faces).Dominant == label)
            {
                return sent;
            }
        }

        Assert.Fail($"No face read as {label}.");
        return sent;
    }
}
