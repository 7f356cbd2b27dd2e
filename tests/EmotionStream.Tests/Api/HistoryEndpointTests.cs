using System.Net.Http.Headers;
using System.Text.Json;
using EmotionStream.Contracts;
using EmotionStream.Rooms;
using EmotionStream.Tests.Kit;
using Microsoft.Data.Sqlite;

namespace EmotionStream.Tests.Api;

/// <summary>History from the camera to the file that somebody takes away, and who may do what with it.</summary>
public class HistoryEndpointTests
{
    private const string Key = "a key of the operator's";

    private static readonly string[] On = ["--History:Enabled=true", "--History:RateHz=30", "--History:WriteEvery=00:00:00.050"];

    public static TheoryData<string> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ARoom_IsKept_AndReadInEveryFormat(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var server = await TestServer.StartAsync([.. On, .. place.Settings]);
        await using var ann = await server.ConnectAsync();
        await StartAsync(ann, "blue", "=Ann, \"A\"");
        await StreamAsync(ann, frames: 6);

        var lines = await UntilKeptAsync(server, "room=blue", 3);
        var all = JsonDocument.Parse(await GetAsync(server, "readings?room=blue")).RootElement;
        var csv = (await GetAsync(server, "readings?room=blue&format=csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var means = await LinesAsync(server, "readings?room=blue&format=jsonl&step=86400");
        var people = JsonDocument.Parse(await GetAsync(server, "people?room=blue")).RootElement;

        Assert.All(lines, line =>
        {
            Assert.Equal("=Ann, \"A\"", line.GetProperty("name").GetString());
            Assert.InRange(line.GetProperty("emotions").EnumerateArray().Sum(share => share.GetDouble()), 0.99, 1.01);
            Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - line.GetProperty("at").GetInt64(), 0, 60_000);
        });
        Assert.Equal(EmotionLabels.All, all.GetProperty("labels").EnumerateArray().Select(label => label.GetString()));
        Assert.True(all.GetProperty("readings").GetArrayLength() >= 3);
        Assert.StartsWith("time,room,id,name,face,readings,dominant,certainty,neutral,", csv[0], StringComparison.Ordinal);
        Assert.Contains(",\"'=Ann, \"\"A\"\"\",", csv[1], StringComparison.Ordinal);
        Assert.True(Assert.Single(means).GetProperty("readings").GetInt32() >= 3);
        Assert.Equal("=Ann, \"A\"", Assert.Single(people.EnumerateArray()).GetProperty("name").GetString());
        var picture = TestPictures.Face("happy");
        var pixels = picture.AsMemory(picture.Length / 2, 24);
        Assert.All(Directory.GetFiles(place.Folder), file => Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(pixels.Span)));
    }

    [Fact]
    public async Task WhoIsInNoRoom_OrSharesLess_IsNotKept()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync([.. On, .. place.Settings]);
        await using var alone = await server.ConnectAsync();
        await alone.StartAsync();
        await StreamAsync(alone, frames: 3);
        await using var shy = await server.ConnectAsync();
        await shy.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, "blue", "Shy", Share: Share.Badge));
        await StreamAsync(shy, frames: 3);
        await using var ann = await server.ConnectAsync();
        await StartAsync(ann, "blue");
        await StreamAsync(ann, frames: 3);

        await UntilKeptAsync(server, "room=blue", 1);

        Assert.Single(JsonDocument.Parse(await GetAsync(server, "people")).RootElement.EnumerateArray());
    }

    [Fact]
    public async Task WithAKey_ViewersReadTheirRoom_AndOnlyTheOperatorErases()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync([.. On, .. place.Settings, $"--Rooms:OperatorKey={Key}"]);
        var tokens = server.Service<RoomTokens>();
        var soon = DateTimeOffset.UtcNow.AddMinutes(5);
        var viewer = tokens.Sign(new RoomPass("blue", RoomRole.Viewer, soon));
        var source = tokens.Sign(new RoomPass("blue", RoomRole.Source, soon));
        await using var ann = await server.ConnectAsync();
        await ann.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, "blue", Token: source));
        await StreamAsync(ann, frames: 3);
        await UntilKeptAsync(server, "room=blue", 1, Key);

        Assert.Equal((401, "operator_key_required"), await SendAsync(server, HttpMethod.Get, "people", null));
        Assert.Equal((401, "token_required"), await SendAsync(server, HttpMethod.Get, "readings?room=blue", null));
        Assert.Equal((401, "token_wrong_role"), await SendAsync(server, HttpMethod.Get, "readings?room=blue", source));
        Assert.Equal((401, "token_wrong_room"), await SendAsync(server, HttpMethod.Get, "readings?room=green", viewer));
        Assert.Equal((401, "operator_key_required"), await SendAsync(server, HttpMethod.Get, "readings?person=x", viewer));
        Assert.Equal((200, null), await SendAsync(server, HttpMethod.Get, "readings?room=blue", viewer));
        Assert.Equal((200, null), await SendAsync(server, HttpMethod.Get, "people", Key));
        Assert.Equal((401, "operator_key_required"), await SendAsync(server, HttpMethod.Delete, "?room=blue", viewer));
        Assert.Equal((400, "bad_request"), await SendAsync(server, HttpMethod.Delete, "", Key));
        Assert.NotEmpty(await LinesAsync(server, "readings?room=blue&format=jsonl", Key));
        await ann.InvokeAsync<object>("Stop");
        Assert.Equal((200, null), await SendAsync(server, HttpMethod.Delete, "?all=true", Key));
        Assert.Empty(await LinesAsync(server, "readings?room=blue&format=jsonl", Key));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Origin", "https://example.org")]
    [InlineData("Host", "example.org")]
    public async Task WithoutAKey_OnlyLocalUsersComeIn(string header, string value)
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync([.. On, .. place.Settings]);
        await TestTimeouts.UntilAsync(() => SendAsync(server, HttpMethod.Get, "people", null).Result.Status == 200, "the tables, which the server makes after its start");

        foreach (var (method, what) in new[] { (HttpMethod.Get, "readings?room=blue"), (HttpMethod.Get, "people"), (HttpMethod.Delete, "?all=true") })
        {
            // A page of another site may read nothing and is not even heard where it would change something.
            var refusal = header == "Origin" && method == HttpMethod.Delete ? "foreign_origin" : "local_only";
            Assert.Equal((403, refusal), await SendAsync(server, method, what, null, (header, value)));
            Assert.Equal((200, null), await SendAsync(server, method, what, null));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task People_ReadAndEraseTheirOwn_ByTheirResumeToken_AndAreKeptNoLonger(string kind)
    {
        await using var place = await TestDatabase.CreateAsync(kind);
        await using var server = await TestServer.StartAsync([.. On, .. place.Settings, $"--Rooms:OperatorKey={Key}"]);
        var token = server.Service<RoomTokens>().Sign(new RoomPass("blue", RoomRole.Source, DateTimeOffset.UtcNow.AddMinutes(5)));
        await using var ann = await server.ConnectAsync();
        await using var bob = await server.ConnectAsync();
        var annStarted = await ann.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, "blue", "Ann", Token: token));
        var bobStarted = await bob.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, "blue", "Bob", Token: token));
        await StreamAsync(ann, frames: 4);
        await StreamAsync(bob, frames: 4);
        await UntilKeptAsync(server, $"room=blue&person={annStarted.SessionId}", 2, Key);
        await UntilKeptAsync(server, $"room=blue&person={bobStarted.SessionId}", 2, Key);

        Assert.Equal((401, "token_required"), await SendAsync(server, HttpMethod.Get, "mine", null));
        Assert.Empty(await LinesAsync(server, "mine?format=jsonl", "a token of nobody's"));
        Assert.All(await LinesAsync(server, "mine?format=jsonl", annStarted.ResumeToken), line => Assert.Equal("Ann", line.GetProperty("name").GetString()));
        Assert.Equal((200, null), await SendAsync(server, HttpMethod.Delete, "mine", annStarted.ResumeToken));
        await StreamAsync(ann, frames: 4);
        await StreamAsync(bob, frames: 4, from: 10);
        await UntilKeptAsync(server, $"room=blue&person={bobStarted.SessionId}", 4, Key);

        Assert.Empty(await LinesAsync(server, "mine?format=jsonl", annStarted.ResumeToken));
        Assert.NotEmpty(await LinesAsync(server, "mine?format=jsonl", bobStarted.ResumeToken));
        Assert.Equal(["Bob"], JsonDocument.Parse(await GetAsync(server, "people", Key)).RootElement.EnumerateArray().Select(person => person.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("readings?room=blue&from=yesterday")]
    [InlineData("readings?room=blue&from=20&to=10")]
    [InlineData("readings?room=blue&to=99999999999999999999")]
    [InlineData("readings?room=blue&step=0")]
    [InlineData("readings?room=blue&step=NaN")]
    [InlineData("readings?room=blue&step=1e9")]
    [InlineData("readings?room=blue&format=xml")]
    [InlineData("readings?room=bl%00ue")]
    [InlineData("people?room=bl%07ue")]
    [InlineData("readings?room=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Nonsense_IsRefused(string what)
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync([.. On, .. place.Settings]);

        Assert.Equal((400, "bad_request"), await SendAsync(server, HttpMethod.Get, what, null));
    }

    [Fact]
    public async Task Off_NothingIsKeptOrOpened_AndTheTermsSaySo()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var off = await TestServer.StartAsync(place.Settings);
        await using var ann = await off.ConnectAsync();
        await StartAsync(ann, "blue");
        await StreamAsync(ann, frames: 3);
        await using var on = await TestServer.StartAsync("--History:Enabled=true", "--History:Retention=2.00:00:00", $"--Storage:DataDirectory={place.Folder}/on");

        Assert.Equal((404, "history_off"), await SendAsync(off, HttpMethod.Get, "readings?room=blue", null));
        Assert.Equal("""{"enabled":false,"rateHz":2,"retentionHours":720}""", await GetAsync(off, "terms"));
        Assert.Equal("""{"enabled":true,"rateHz":2,"retentionHours":48}""", await GetAsync(on, "terms"));
        Assert.Empty(Directory.GetFiles(place.Folder));
    }

    [Fact]
    public async Task WhileTheDatabaseIsLocked_LiveGoesOn_AndNothingIsLost()
    {
        await using var place = await TestDatabase.CreateAsync("sqlite");
        await using var server = await TestServer.StartAsync([.. On, .. place.Settings]);
        using var http = server.CreateHttpClient();
        await using var ann = await server.ConnectAsync();
        await StartAsync(ann, "blue");
        await StreamAsync(ann, frames: 2);
        var before = await UntilKeptAsync(server, "room=blue", 1);

        await using (var other = new SqliteConnection($"Data Source={Path.Combine(place.Folder, "emotionstream.db")};Pooling=False"))
        {
            await other.OpenAsync(Cancellation);
            await using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync(Cancellation);
            await StreamAsync(ann, frames: 4, from: 10);
            await TestTimeouts.UntilAsync(() => http.GetStringAsync("/readyz", Cancellation).Result == "ready, degraded: history: SQLite is locked by another program", "degraded");
            await StreamAsync(ann, frames: 4, from: 20);
        }

        await TestTimeouts.UntilAsync(() => http.GetStringAsync("/readyz", Cancellation).Result == "ready", "ready again");
        Assert.True((await UntilKeptAsync(server, "room=blue", before.Count + 4)).Count >= before.Count + 4);
    }

    [Fact]
    public async Task ADatabaseThatCantBeReached_KeepsNobodyFromStreaming()
    {
        await using var server = await TestServer.StartAsync([.. On, "--Storage:Postgres=Host=127.0.0.1;Port=1;Database=none;Username=none"]);
        using var http = server.CreateHttpClient();
        await using var ann = await server.ConnectAsync();
        await StartAsync(ann, "blue");
        await StreamAsync(ann, frames: 3);

        await TestTimeouts.UntilAsync(() => http.GetStringAsync("/readyz", Cancellation).Result.Contains("degraded: history: ", StringComparison.Ordinal), "degraded");
        Assert.Equal((503, "storage_unavailable"), await SendAsync(server, HttpMethod.Get, "readings?room=blue", null));
        Assert.Equal((503, "storage_unavailable"), await SendAsync(server, HttpMethod.Delete, "?all=true", null));
    }

    [Theory]
    [InlineData(
        "--Storage:Postgres=Host=127.0.0.1;Port=1;Database=secret;Username=secret",
        "history: PostgreSQL can't be reached; model versions: the last known one runs, since PostgreSQL can't be reached")]
    [InlineData("--Storage:DataDirectory=/dev/null/secret", "history: SQLite can't be opened")]
    public async Task WhyTheDatabaseCantBeUsed_IsToldToEverybody_ButNotWhereItIs(string setting, string reasons)
    {
        await using var server = await TestServer.StartAsync([.. On, setting]);
        using var http = server.CreateHttpClient();

        await TestTimeouts.UntilAsync(() => http.GetStringAsync("/readyz", Cancellation).Result == $"ready, degraded: {reasons}", "degraded");
    }

    private static Task<Started> StartAsync(HubTestClient source, string room, string? name = null) =>
        source.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, room, name));

    /// <summary>Sends frames of one face, slower than the history's rate.</summary>
    private static async Task StreamAsync(HubTestClient source, int frames, int from = 1)
    {
        var picture = TestPictures.Face("happy");
        for (var sequence = from; sequence < from + frames; sequence++)
        {
            await source.SubmitAsync(sequence, picture);
            Assert.Single((await source.NextAsync<Measured>()).Faces);
            await Task.Delay(50, Cancellation);
        }
    }

    private static async Task<List<JsonElement>> UntilKeptAsync(TestServer server, string filter, int count, string? bearer = null)
    {
        List<JsonElement> lines = [];
        await TestTimeouts.UntilAsync(() => (lines = LinesAsync(server, $"readings?format=jsonl&{filter}", bearer).Result).Count >= count, $"{count} readings kept");
        return lines;
    }

    private static async Task<List<JsonElement>> LinesAsync(TestServer server, string what, string? bearer = null) =>
        [.. (await GetAsync(server, what, bearer)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static async Task<string> GetAsync(TestServer server, string what, string? bearer = null)
    {
        using var http = server.CreateHttpClient();
        if (bearer is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        using var reply = await http.GetAsync(new Uri("/api/v1/history/" + what, UriKind.Relative), Cancellation);
        var text = await reply.Content.ReadAsStringAsync(Cancellation);
        Assert.True(reply.IsSuccessStatusCode, $"{what}: {text}");
        return text;
    }

    private static async Task<(int Status, string? Code)> SendAsync(
        TestServer server, HttpMethod method, string what, string? bearer, (string Name, string Value)? header = null)
    {
        using var http = server.CreateHttpClient();
        using var request = new HttpRequestMessage(method, what.StartsWith('?') || what.Length == 0 ? "/api/v1/history" + what : "/api/v1/history/" + what);
        if (bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        if (header is var (name, value))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var reply = await http.SendAsync(request, Cancellation);
        var text = await reply.Content.ReadAsStringAsync(Cancellation);
        return ((int)reply.StatusCode, reply.IsSuccessStatusCode ? null : JsonDocument.Parse(text).RootElement.GetProperty("code").GetString());
    }
}
