using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EmotionStream.Contracts;
using EmotionStream.Feedback.Archive;
using EmotionStream.Sessions;
using EmotionStream.Storage;
using EmotionStream.Tests.Kit;
using static EmotionStream.Tests.Feedback.Archive.MadeArchive;

namespace EmotionStream.Tests.Feedback.Archive;

/// <summary>The face archive as people and the operator meet it, over the hubs and HTTP of a real server.</summary>
public class ArchiveTests
{
    private const string OperatorKey = "a key of the operator's";
    private const string Ann = "ann's own long secret";
    private const string Bob = "bob's own long secret";

    private static readonly string Key = NewKey();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
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
        Assert.Equal(0, server.Service<ArchiveDesk>().HeldCrops);
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

        Assert.Equal(0, server.Service<ArchiveDesk>().HeldCrops);
        var mine = await GetAsync(ann, "/api/v1/archive/mine");
        Assert.False(mine.GetProperty("optedIn").GetBoolean());
        Assert.Empty(LabelsOf(mine));
        await ShowLaterAsync(server, camera, started);
        Assert.False((await CorrectAsync(ann, new CorrectionRequest(face.Id, "sad", Ann, started.ResumeToken))).Archived);
        Assert.False((await CorrectAsync(ann, new CorrectionRequest(token, "sad", Ann))).Archived);
        Assert.Equal(0, server.Service<ArchiveDesk>().HeldCrops);
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
        Assert.Equal(0, server.Service<ArchiveDesk>().HeldCrops);
        await MeasureAsync(ann, "?correct=true&archive=true", both);
        Assert.Equal(0, server.Service<ArchiveDesk>().HeldCrops);
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
        Assert.Equal(1, await DeleteAsync(boss, $"/api/v1/archive?contributor={EmotionStream.Feedback.Correction.ContributorOf(Bob)}"));
        Assert.Equal(1, await DeleteAsync(boss, "/api/v1/archive?all=true"));
        Assert.Equal(0, (await GetAsync(boss, "/api/v1/archive")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task WithoutAKey_NothingIsOffered_AndOptingInSaysWhy()
    {
        await using var server = await TestServer.StartAsync();
        await using var camera = await server.ConnectAsync();
        using var ann = Client(server, Ann);
        var started = await camera.StartAsync();

        Assert.False((await GetAsync(ann, "/api/v1/archive/terms")).GetProperty("enabled").GetBoolean());
        using var optingIn = await ann.PutAsync("/api/v1/archive/consent", null, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, optingIn.StatusCode);
        var problem = await optingIn.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("archive_off", problem.GetProperty("code").GetString());
        Assert.Contains("Archive:Key", problem.GetProperty("detail").GetString());
        Assert.Equal((HttpStatusCode.Forbidden, "archive_off"), await HoldAsync(ann, started));
        using var measuring = await PostPictureAsync(ann, "?correct=true&archive=true", TestPictures.Face("happy"));
        Assert.Equal(HttpStatusCode.Forbidden, measuring.StatusCode);
        Assert.False((await GetAsync(ann, "/api/v1/archive/mine")).GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task UnderAnotherKey_OrNone_FacesAreSaidToBeUnreadable_AndCanStillBeDeleted()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using (var server = await TestServer.StartAsync([.. place.Settings, $"--Archive:Key={Key}"]))
        {
            using var ann = Client(server, Ann);
            await GiveAsync(ann, Ann, "sad");
        }

        foreach (var (settings, problem) in new[] { ($"--Archive:Key={NewKey()}", "other_key"), ("--Archive:Key=", "no_key") })
        {
            await using var server = await TestServer.StartAsync([.. place.Settings, settings]);
            using var ann = Client(server, Ann);
            foreach (var path in new[] { "/api/v1/archive/mine", "/api/v1/archive" })
            {
                var face = Assert.Single((await GetAsync(ann, path)).GetProperty("faces").EnumerateArray());
                Assert.Equal((problem, JsonValueKind.Null), (face.GetProperty("problem").GetString(), face.GetProperty("pixels").ValueKind));
            }
        }

        await using (var server = await TestServer.StartAsync([.. place.Settings]))
        {
            using var ann = Client(server, Ann);
            Assert.Equal(1, await DeleteAsync(ann, "/api/v1/archive/consent"));
        }
    }

    [Fact]
    public async Task Withdrawing_ThroughOneServer_IsHeardByTheOther()
    {
        await using var place = await TestDatabase.CreateAsync("postgres");
        await using var here = await TestServer.StartAsync([.. place.Settings, $"--Archive:Key={Key}"]);
        await using var there = await TestServer.StartAsync([.. place.Settings, $"--Archive:Key={Key}"]);
        await using var camera = await there.ConnectAsync();
        using var ann = Client(there, Ann);
        using var annElsewhere = Client(here, Ann);
        var started = await camera.StartAsync();
        await OptInAsync(ann, started);
        var face = await ShowUntilHeldAsync(there, camera, started);

        await DeleteAsync(annElsewhere, "/api/v1/archive/consent");

        Assert.False((await CorrectAsync(ann, new CorrectionRequest(face.Id, "sad", Ann, started.ResumeToken))).Archived);
        await TestTimeouts.UntilAsync(() => there.Service<ArchiveDesk>().HeldCrops == 0, "the other server to forget what it holds");
    }

    [Fact]
    public async Task WhileTheDatabaseIsLocked_LiveGoesOn_AndWhoWithdrawsIsForgottenInMemoryAtOnce()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync([.. place.Settings, $"--Archive:Key={Key}"]);
        await using var camera = await server.ConnectAsync();
        await using var database = place.Open();
        using var ann = Client(server, Ann);
        var started = await camera.StartAsync();
        await OptInAsync(ann, started);
        var face = await ShowUntilHeldAsync(server, camera, started);

        await using (var connection = await database.OpenAsync(Cancellation))
        {
            await connection.Sql("BEGIN EXCLUSIVE").RunAsync(Cancellation);
            var correcting = ann.PostAsJsonAsync("/api/v1/corrections", new CorrectionRequest(face.Id, "sad", Ann, started.ResumeToken), Cancellation);
            var withdrawing = ann.DeleteAsync("/api/v1/archive/consent", Cancellation);
            await TestTimeouts.UntilAsync(() => server.Service<ArchiveDesk>().HeldCrops == 0, "what is held is forgotten");
            await ShowLaterAsync(server, camera, started);
            Assert.Equal(0, server.Service<ArchiveDesk>().HeldCrops);
            foreach (var reply in await Task.WhenAll(correcting, withdrawing))
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.StatusCode);
                Assert.Equal("storage_unavailable", (await reply.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("code").GetString());
            }

            await connection.Sql("ROLLBACK").RunAsync(Cancellation);
        }

        Assert.Equal(0, await DeleteAsync(ann, "/api/v1/archive/consent"));
        Assert.False((await GetAsync(ann, "/api/v1/archive/mine")).GetProperty("optedIn").GetBoolean());
    }

    [Theory]
    [InlineData("PUT", "/api/v1/archive/consent")]
    [InlineData("DELETE", "/api/v1/archive/consent")]
    [InlineData("POST", "/api/v1/archive/sessions")]
    [InlineData("GET", "/api/v1/archive/mine")]
    [InlineData("DELETE", "/api/v1/archive/mine")]
    [InlineData("POST", "/api/v1/images?correct=true&archive=true")]
    public async Task WhoSaysNotWhoTheyAre_IsRefused(string method, string path)
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync([.. place.Settings, $"--Archive:Key={Key}"]);
        using var http = server.CreateHttpClient();
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (path.Contains("images", StringComparison.Ordinal))
        {
            request.Content = Picture(TestPictures.Face("happy"));
        }

        var reply = await http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        Assert.Equal("contributor_required", (await reply.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("code").GetString());
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Folder));
    }

    [Fact]
    public async Task NonsenseAndFloods_AreRefused()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync([.. place.Settings, $"--Archive:Key={Key}", "--Feedback:MaxContributorsPerAddress=2"]);
        using var ann = Client(server, Ann);
        using var guessable = Client(server, "too short");
        using var bob = Client(server, Bob);
        using var crowd = Client(server, "one more long secret");

        Assert.Equal(HttpStatusCode.BadRequest, (await guessable.PutAsync("/api/v1/archive/consent", null, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await ann.PutAsync("/api/v1/archive/consent", null, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await bob.PutAsync("/api/v1/archive/consent", null, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await crowd.PutAsync("/api/v1/archive/consent", null, Cancellation)).StatusCode);
        foreach (var body in new[] { "", "null", "[]", "{\"resumeToken\": 7}", "{}" })
        {
            using var reply = await ann.PostAsync("/api/v1/archive/sessions", new StringContent(body, null, "application/json"), Cancellation);
            Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        }

        using var unknown = await ann.PostAsJsonAsync("/api/v1/archive/sessions", new ArchiveSession("no such token"), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public void AMalformedKey_StopsTheStart() =>
        Assert.Contains(
            "Archive:Key is no key",
            Assert.ThrowsAny<Exception>(() => EmotionStreamServer.Create(["--Archive:Key=dG9vIHNob3J0"])).Message, StringComparison.Ordinal);

    private static HttpClient Client(TestServer server, string secret)
    {
        var http = server.CreateHttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return http;
    }

    private static async Task OptInAsync(HttpClient http, Started started)
    {
        Assert.Equal(HttpStatusCode.NoContent, (await http.PutAsync("/api/v1/archive/consent", null, Cancellation)).StatusCode);
        Assert.Equal((HttpStatusCode.NoContent, ""), await HoldAsync(http, started));
    }

    private static async Task<(HttpStatusCode, string)> HoldAsync(HttpClient http, Started started)
    {
        using var reply = await http.PostAsJsonAsync("/api/v1/archive/sessions", new ArchiveSession(started.ResumeToken), Cancellation);
        var code = reply.IsSuccessStatusCode ? "" : (await reply.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("code").GetString()!;
        return (reply.StatusCode, code);
    }

    /// <summary>Opts in and gives corrections of an uploaded picture.</summary>
    private static async Task GiveAsync(HttpClient http, string secret, params string[] labels)
    {
        await http.PutAsync("/api/v1/archive/consent", null, Cancellation);
        var token = await MeasureAsync(http, "?correct=true&archive=true");
        foreach (var label in labels)
        {
            Assert.True((await CorrectAsync(http, new CorrectionRequest(token, label, secret))).Archived);
        }
    }

    private static async Task<FaceReading> ShowAsync(HubTestClient camera, long sequence, byte[]? picture = null, int faces = 1)
    {
        await camera.SubmitAsync(sequence, picture ?? TestPictures.Face("happy"));
        var measured = await camera.NextAsync<Measured>();
        Assert.Equal(faces, measured.Faces.Count);
        return measured.Faces[0];
    }

    /// <summary>Shows a face until the session holds a crop of it: it remembers one twice a second.</summary>
    private static async Task<FaceReading> ShowUntilHeldAsync(TestServer server, HubTestClient camera, Started started)
    {
        var recent = server.Service<SessionRegistry>().Find(started.ResumeToken)!.RecentFaces;
        for (var sequence = 1000; ; sequence++)
        {
            var face = await ShowAsync(camera, sequence);
            if (recent.Find(face.Id, null) is { Crop: not null })
            {
                return face;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
        }
    }

    /// <summary>Shows a picture until the session has remembered it.</summary>
    private static async Task ShowLaterAsync(TestServer server, HubTestClient camera, Started started, byte[]? picture = null, int faces = 1)
    {
        var recent = server.Service<SessionRegistry>().Find(started.ResumeToken)!.RecentFaces;
        for (var sequence = 2000; ; sequence++)
        {
            var face = await ShowAsync(camera, sequence, picture, faces);
            if (recent.Find(face.Id, null) is { CapturedAt: >= 2000 * 66.7 })
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
        }
    }

    /// <summary>The correction token of a picture's first face.</summary>
    private static async Task<string> MeasureAsync(HttpClient http, string query, byte[]? picture = null)
    {
        using var reply = await PostPictureAsync(http, query, picture ?? TestPictures.Face("happy"));
        var answer = await reply.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return answer.GetProperty("images")[0].GetProperty("faces")[0].GetProperty("correctionToken").GetString()!;
    }

    private static Task<HttpResponseMessage> PostPictureAsync(HttpClient http, string query, byte[] picture) =>
        http.PostAsync("/api/v1/images" + query, Picture(picture), Cancellation);

    private static ByteArrayContent Picture(byte[] picture) => new(picture) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };

    private static async Task<CorrectionKept> CorrectAsync(HttpClient http, CorrectionRequest request)
    {
        using var reply = await http.PostAsJsonAsync("/api/v1/corrections", request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return (await reply.Content.ReadFromJsonAsync<CorrectionKept>(Cancellation))!;
    }

    private static Task<JsonElement> GetAsync(HttpClient http, string path) => http.GetFromJsonAsync<JsonElement>(path, Cancellation);

    private static async Task<int> DeleteAsync(HttpClient http, string path)
    {
        using var reply = await http.DeleteAsync(path, Cancellation);
        return (await reply.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("deleted").GetInt32();
    }

    private static IEnumerable<string> LabelsOf(JsonElement page) =>
        page.GetProperty("faces").EnumerateArray().Select(face => face.GetProperty("label").GetString()!).Order(StringComparer.Ordinal);
}
