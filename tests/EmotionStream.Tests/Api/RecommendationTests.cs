using System.Net;
using System.Text;
using System.Text.Json;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Api;

/// <summary>Recommendations over HTTP.</summary>
public sealed class RecommendationTests : IAsyncLifetime
{
    private const string Address = "/api/v1/recommendations";

    private TestServer _server = null!;
    private HttpClient _http = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _http = _server.CreateHttpClient();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task ALabel_BringsWorksThatSuitIt_WithAllThatAPageNeeds()
    {
        var list = await GetAsync("?emotion=sad&media=movies&mode=change&count=3");

        Assert.Equal("change", list.GetProperty("mode").GetString());
        Assert.Equal(1, list.GetProperty("emotions").GetProperty("sad").GetDouble());
        var items = list.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(3, items.Count);
        Assert.All(items, item =>
        {
            Assert.Equal(("movies", "sad"), (item.GetProperty("media").GetString(), item.GetProperty("for").GetString()));
            Assert.NotEmpty(item.GetProperty("title").GetString()!);
            Assert.NotEmpty(item.GetProperty("maker").GetString()!);
            Assert.InRange(item.GetProperty("year").GetInt32(), 1895, 2100);
            Assert.StartsWith("https://", item.GetProperty("link").GetString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task WithoutMedia_EveryKindIsThere()
    {
        var items = (await GetAsync("?emotion=happy&count=2")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("media").GetString());

        Assert.Equal(["movies", "movies", "songs", "songs", "books", "books"], items);
    }

    [Fact]
    public async Task TheSameSeed_PicksTheSame_AndVisitsWithoutOneDiffer()
    {
        var first = await GetAsync("?emotion=happy&count=8&media=songs");
        var again = await GetAsync($"?emotion=happy&count=8&media=songs&seed={first.GetProperty("seed")}");
        HashSet<string> visits = [];
        for (var visit = 0; visit < 5; visit++)
        {
            visits.Add((await GetAsync("?emotion=happy&count=8&media=songs")).GetProperty("items").GetRawText());
        }

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.True(visits.Count > 1);
    }

    [Fact]
    public async Task Skip_ShowsTheOthers_UntilNoneAreLeft()
    {
        HashSet<string> seen = [];
        for (var (skip, left) = (0, 1); left > 0; skip += 5)
        {
            var list = await GetAsync($"?emotion=fear&mode=change&media=books&seed=4&skip={skip}");
            left = list.GetProperty("left").GetInt32();
            Assert.All(list.GetProperty("items").EnumerateArray(), item => Assert.True(seen.Add(item.GetProperty("link").GetString()!)));
        }

        Assert.True(seen.Count >= 8);
    }

    [Fact]
    public async Task AMixedMood_InAddressOrBody_IsTheSame()
    {
        var byAddress = await GetAsync("?emotion=sad:3,fear:1&media=books&mode=match&count=6&seed=9");
        using var reply = await PostAsync("""{"emotions": {"sad": 0.75, "fear": 0.25}, "media": "books", "mode": "match", "count": 6, "seed": 9}""");
        var byBody = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Cancellation)).RootElement;

        Assert.Equal(0.75, byAddress.GetProperty("emotions").GetProperty("sad").GetDouble(), 9);
        Assert.Equal(byAddress.GetRawText(), byBody.GetRawText());
        Assert.True(reply.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("", "bad_emotion")]
    [InlineData("?emotion=joy", "bad_emotion")]
    [InlineData("?emotion=sad:x", "bad_emotion")]
    [InlineData("?emotion=sad:-1", "bad_emotion")]
    [InlineData("?emotion=sad:0", "bad_emotion")]
    [InlineData("?emotion=sad:NaN", "bad_emotion")]
    [InlineData("?emotion=sad,sad", "bad_emotion")]
    [InlineData("?emotion=sad&media=films", "bad_media")]
    [InlineData("?emotion=sad&media=0", "bad_media")]
    [InlineData("?emotion=sad&mode=", "bad_mode")]
    [InlineData("?emotion=sad&count=0", "bad_count")]
    [InlineData("?emotion=sad&count=51", "bad_count")]
    [InlineData("?emotion=sad&count=9999999999", "bad_count")]
    [InlineData("?emotion=sad&skip=-1", "bad_skip")]
    [InlineData("?emotion=sad&seed=1.5", "bad_seed")]
    [InlineData("?emotion=sad&seed=-1", "bad_seed")]
    [InlineData("?emotion=sad&emotion=happy", "bad_request")]
    [InlineData("?emotion=sad&medium=books", "bad_request")]
    public async Task ABadAddress_IsRefusedWithAReason(string query, string code)
    {
        using var reply = await _http.GetAsync(Address + query, Cancellation);

        Assert.Equal(code, await CodeAsync(reply));
    }

    [Theory]
    [InlineData("", "bad_request")]
    [InlineData("nonsense", "bad_request")]
    [InlineData("null", "bad_request")]
    [InlineData("[1]", "bad_request")]
    [InlineData("{}", "bad_emotion")]
    [InlineData("""{"emotions": {"joy": 1}}""", "bad_emotion")]
    [InlineData("""{"emotions": {"sad": "much"}}""", "bad_request")]
    [InlineData("""{"emotions": {"sad": 1}, "media": 1}""", "bad_request")]
    [InlineData("""{"emotions": {"sad": 1}, "mode": "worsen"}""", "bad_request")]
    [InlineData("""{"emotions": {"sad": 1}, "count": 51}""", "bad_count")]
    [InlineData("""{"emotions": {"sad": 1}, "seed": -1}""", "bad_seed")]
    public async Task ABadBody_IsRefusedWithAReason(string body, string code)
    {
        using var reply = await PostAsync(body);

        Assert.Equal(code, await CodeAsync(reply));
    }

    [Fact]
    public async Task ABodyWithoutEnd_IsNotReadToItsEnd()
    {
        using var reply = await PostAsync("{\"emotions\": {\"sad\": 1}}" + new string(' ', 1 << 20));

        Assert.Equal("request_too_large", await CodeAsync(reply, HttpStatusCode.RequestEntityTooLarge));
    }

    [Fact]
    public async Task AnOwnCatalog_IsUsed_AndABrokenNewOneIsToldOfWithoutHarm()
    {
        var folder = Directory.CreateTempSubdirectory("catalog");
        var path = Path.Combine(folder.FullName, "own.json");
        await File.WriteAllTextAsync(path, OwnCatalog("Mine"), Cancellation);
        await using var server = await TestServer.StartAsync($"--Recommendations:Catalogue={path}", "--Recommendations:LookEvery=00:00:00.05");
        using var http = server.CreateHttpClient();
        Task<string> ItemsAsync() => http.GetStringAsync($"{Address}?emotion=sad", Cancellation);

        Assert.Contains("\"Mine\"", await ItemsAsync(), StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, OwnCatalog("Mine")[..^3], Cancellation);
        await TestTimeouts.UntilAsync(() => http.GetAsync("/readyz", Cancellation).Result.Content.ReadAsStringAsync(Cancellation).Result.Contains("line 1"), "the complaint");
        Assert.Contains("\"Mine\"", await ItemsAsync(), StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, OwnCatalog("Another"), Cancellation);
        await TestTimeouts.UntilAsync(() => ItemsAsync().Result.Contains("\"Another\""), "the new catalog");

        folder.Delete(recursive: true);
    }

    private static string OwnCatalog(string title) =>
        $$"""{ "books": [ { "title": "{{title}}", "year": 1999, "maker": "M", "link": "https://a.example/", "match": { "sad": 3 } } ] }""";

    private async Task<JsonElement> GetAsync(string query) =>
        JsonDocument.Parse(await _http.GetStringAsync(Address + query, Cancellation)).RootElement;

    private Task<HttpResponseMessage> PostAsync(string body) =>
        _http.PostAsync(Address, new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

    private static async Task<string?> CodeAsync(HttpResponseMessage reply, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        Assert.Equal((status, "application/problem+json"), (reply.StatusCode, reply.Content.Headers.ContentType?.MediaType));
        return JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("code").GetString();
    }
}
