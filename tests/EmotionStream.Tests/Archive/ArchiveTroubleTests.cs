using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmotionStream.Archive;
using EmotionStream.Contracts;
using EmotionStream.Storage;
using EmotionStream.Tests.Kit;
using static EmotionStream.Tests.Archive.ArchiveVisitor;
using static EmotionStream.Tests.Archive.MadeArchive;

namespace EmotionStream.Tests.Archive;

/// <summary>The face archive without its key, without its database, beside another server, and before people who mean no good.</summary>
public class ArchiveTroubleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
        await TestTimeouts.UntilAsync(() => there.Service<ArchiveService>().HeldCrops == 0, "the other server to forget what it holds");
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
            await TestTimeouts.UntilAsync(() => server.Service<ArchiveService>().HeldCrops == 0, "what is held is forgotten");
            await ShowLaterAsync(server, camera, started);
            Assert.Equal(0, server.Service<ArchiveService>().HeldCrops);
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
            "Archive:Key is not a valid key",
            Assert.ThrowsAny<Exception>(() => EmotionStreamServer.Create(["--Archive:Key=dG9vIHNob3J0"])).Message, StringComparison.Ordinal);
}
