using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmotionStream.Archive;
using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;
using static EmotionStream.Tests.Archive.ArchiveVisitor;

namespace EmotionStream.Tests.Archive;

/// <summary>The face archive as people and the operator meet it, over the hubs and HTTP of a real server.</summary>
public class ArchiveTests
{
    public static TheoryData<string> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task WhoOptsIn_HasTheirCorrectedFacesKept_SeesThem_AndDeletesThem(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var server = await TestServer.StartAsync([.. place.Settings, $"--Archive:Key={Key}"]);
        await using var camera = await server.ConnectAsync();
        await using var room = await server.ConnectToRoomsAsync();
        using var ann = Client(server, Ann);
        var started = await camera.StartAsync();
        await OptInAsync(ann, started);

        var face = await ShowUntilHeldAsync(server, camera, started);
        var kept = await room.InvokeAsync<CorrectionKept>("Correct", new CorrectionRequest(face.Id, "sad", Ann, started.ResumeToken));
        var second = await CorrectAsync(ann, new CorrectionRequest(face.Id, "angry", Ann, started.ResumeToken));

        Assert.True(kept.Archived && second.Archived);
        var mine = await GetAsync(ann, "/api/v1/archive/mine");
        Assert.True(mine.GetProperty("enabled").GetBoolean() && mine.GetProperty("optedIn").GetBoolean());
        Assert.Equal(["angry", "sad"], LabelsOf(mine));
        Assert.All(mine.GetProperty("faces").EnumerateArray(), shown =>
        {
            Assert.Equal("happy", shown.GetProperty("answer").GetString());
            Assert.Equal(48 * 48, shown.GetProperty("pixels").GetBytesFromBase64().Length);
        });
        Assert.Equal(1, await DeleteAsync(ann, $"/api/v1/archive/mine?id={kept.Id}"));
        Assert.Equal(["angry"], LabelsOf(await GetAsync(ann, "/api/v1/archive/mine")));
        Assert.Equal(1, await DeleteAsync(ann, "/api/v1/archive/mine"));
        Assert.Empty(LabelsOf(await GetAsync(ann, "/api/v1/archive/mine")));
        Assert.Equal(2, (await GetAsync(ann, "/api/v1/corrections")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task WhoHasNotOptedIn_LeavesNoPictureAnywhere_NotInMemoryEither()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync([.. place.Settings, $"--Archive:Key={Key}"]);
        await using var camera = await server.ConnectAsync();
        using var bob = Client(server, Bob);
        // That somebody else has opted in is of no consequence.
        using var ann = Client(server, Ann);
        await ann.PutAsync("/api/v1/archive/consent", null, Cancellation);
        var started = await camera.StartAsync();

        var face = await ShowAsync(camera, 1);
        var refused = await HoldAsync(bob, started);
        await ShowLaterAsync(server, camera, started);
        var kept = await CorrectAsync(bob, new CorrectionRequest(face.Id, "sad", Bob, started.ResumeToken));
        var still = await MeasureAsync(bob, "?correct=true&archive=true");
        var ofStill = await CorrectAsync(bob, new CorrectionRequest(still, "sad", Bob));

        Assert.Equal((HttpStatusCode.Forbidden, "not_opted_in"), refused);
        Assert.False(kept.Archived || ofStill.Archived);
        Assert.Equal(0, server.Service<ArchiveService>().HeldCrops);
        Assert.Empty(LabelsOf(await GetAsync(bob, "/api/v1/archive")));
    }

    [Fact]
    public async Task Withdrawing_ForgetsWhatIsHeld_AndDeletesWhatWasKept_AtOnce()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync([.. place.Settings, $"--Archive:Key={Key}"]);
        await using var camera = await server.ConnectAsync();
        using var ann = Client(server, Ann);
        var started = await camera.StartAsync();
        await OptInAsync(ann, started);
        var face = await ShowUntilHeldAsync(server, camera, started);
        var token = await MeasureAsync(ann, "?correct=true&archive=true");
        Assert.True((await CorrectAsync(ann, new CorrectionRequest(face.Id, "sad", Ann, started.ResumeToken))).Archived);
        Assert.True((await CorrectAsync(ann, new CorrectionRequest(token, "fear", Ann))).Archived);

        Assert.Equal(2, await DeleteAsync(ann, "/api/v1/archive/consent"));

        Assert.Equal(0, server.Service<ArchiveService>().HeldCrops);
        var mine = await GetAsync(ann, "/api/v1/archive/mine");
        Assert.False(mine.GetProperty("optedIn").GetBoolean());
        Assert.Empty(LabelsOf(mine));
        await ShowLaterAsync(server, camera, started);
        Assert.False((await CorrectAsync(ann, new CorrectionRequest(face.Id, "sad", Ann, started.ResumeToken))).Archived);
        Assert.False((await CorrectAsync(ann, new CorrectionRequest(token, "sad", Ann))).Archived);
        Assert.Equal(0, server.Service<ArchiveService>().HeldCrops);
    }

    [Fact]
    public async Task AHeldFace_IsKeptForItsOwnContributorOnly_AndNeverWithOthersInThePicture()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync([.. place.Settings, $"--Archive:Key={Key}"]);
        await using var camera = await server.ConnectAsync();
        using var ann = Client(server, Ann);
        using var bob = Client(server, Bob);
        await bob.PutAsync("/api/v1/archive/consent", null, Cancellation);
        var started = await camera.StartAsync();
        await OptInAsync(ann, started);
        var both = TestPictures.Faces(640, 480, ("happy", 0.27, 0.5, 200), ("angry", 0.73, 0.5, 200));

        await ShowLaterAsync(server, camera, started, both, faces: 2);
        Assert.Equal(0, server.Service<ArchiveService>().HeldCrops);
        await MeasureAsync(ann, "?correct=true&archive=true", both);
        Assert.Equal(0, server.Service<ArchiveService>().HeldCrops);
        var face = await ShowUntilHeldAsync(server, camera, started);

        Assert.False((await CorrectAsync(bob, new CorrectionRequest(face.Id, "sad", Bob, started.ResumeToken))).Archived);
        Assert.True((await CorrectAsync(ann, new CorrectionRequest(face.Id, "sad", Ann, started.ResumeToken))).Archived);
    }

    [Fact]
    public async Task TheOperator_SeesAllByEmotion_AndDeletes_AndOthersDoNot()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync([.. place.Settings, $"--Archive:Key={Key}", $"--Rooms:OperatorKey={OperatorKey}"]);
        using var ann = Client(server, Ann);
        using var bob = Client(server, Bob);
        using var boss = Client(server, OperatorKey);
        await GiveAsync(ann, Ann, "sad", "fear");
        await GiveAsync(bob, Bob, "sad");

        Assert.Equal(HttpStatusCode.Unauthorized, (await ann.GetAsync("/api/v1/archive", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ann.DeleteAsync("/api/v1/archive?all=true", Cancellation)).StatusCode);
        using var listed = await boss.GetAsync("/api/v1/archive?label=sad", Cancellation);
        Assert.True(listed.Headers.CacheControl!.NoStore);
        var sad = await listed.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(2, sad.GetProperty("total").GetInt32());
        var bobs = sad.GetProperty("faces").EnumerateArray().Select(face => face.GetProperty("contributor").GetString()!).Distinct().ToList();
        Assert.Equal(2, bobs.Count);
        Assert.Single(LabelsOf(await GetAsync(boss, "/api/v1/archive?limit=1")));
        Assert.Equal(HttpStatusCode.BadRequest, (await boss.DeleteAsync("/api/v1/archive", Cancellation)).StatusCode);
        // Bob can't delete what is Ann's.
        var annsId = (await GetAsync(ann, "/api/v1/archive/mine")).GetProperty("faces")[0].GetProperty("id").GetString();
        Assert.Equal(0, await DeleteAsync(bob, $"/api/v1/archive/mine?id={annsId}"));
        Assert.Equal(1, await DeleteAsync(boss, $"/api/v1/archive?id={annsId}"));
        Assert.Equal(1, await DeleteAsync(boss, $"/api/v1/archive?contributor={EmotionStream.Corrections.Correction.ContributorOf(Bob)}"));
        Assert.Equal(1, await DeleteAsync(boss, "/api/v1/archive?all=true"));
        Assert.Equal(0, (await GetAsync(boss, "/api/v1/archive")).GetProperty("total").GetInt32());
    }
}
