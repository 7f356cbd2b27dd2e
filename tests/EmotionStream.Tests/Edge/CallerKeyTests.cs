using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json;
using EmotionStream.Tests.Kit;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Edge;

/// <summary>A server with keys, called as from another machine: a proxy's header tells it so.</summary>
public class CallerKeyTests
{
    private const string Key = "a key of the operator's";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "Emotion")]
    [InlineData("POST", "analyze")]
    [InlineData("POST", "api/v1/images")]
    [InlineData("POST", "api/v1/videos")]
    [InlineData("GET", "api/v1/videos/none")]
    [InlineData("GET", "hubs/camera")]
    [InlineData("GET", "hubs/room")]
    public async Task WithoutAKey_NothingIsTaken(string method, string path)
    {
        await using var server = await StartAsync();
        using var http = Stranger(server);

        Assert.Equal((401, "key_required"), await AskAsync(http, new HttpMethod(method), path));
        Assert.Equal((401, "key_required"), await AskAsync(http, new HttpMethod(method), path, "not a key of the operator's"));
        Assert.NotEqual(401, (await AskAsync(http, new HttpMethod(method), path, Key)).Status);
    }

    [Fact]
    public async Task LocalUsers_NeedNone_AndHealthIsForEverybody()
    {
        await using var server = await StartAsync();
        using var local = server.CreateHttpClient();
        using var stranger = Stranger(server);

        Assert.NotEqual(401, (await AskAsync(local, HttpMethod.Post, "Emotion")).Status);
        Assert.Equal("alive", await stranger.GetStringAsync(new Uri("healthz", UriKind.Relative), Cancellation));
    }

    [Theory]
    [InlineData(Key, HttpStatusCode.SwitchingProtocols)]
    [InlineData("wrong", HttpStatusCode.Unauthorized)]
    public async Task Hub_TakesTheKeyAsAccessToken(string key, HttpStatusCode expected)
    {
        await using var server = await StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("X-Forwarded-For", "203.0.113.7");
        try
        {
            await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/hubs/camera", Query = "access_token=" + Uri.EscapeDataString(key) }.Uri, Cancellation);
        }
        catch (WebSocketException)
        {
        }

        Assert.Equal(expected, socket.HttpStatusCode);
    }

    [Fact]
    public async Task APerson_GivesTheKeyOnce_AndGoesWhereTheyWanted()
    {
        await using var server = await StartAsync();
        using var http = Stranger(server);

        using var asked = await http.GetAsync(new Uri("room.html?room=blue", UriKind.Relative), Cancellation);
        Assert.Equal("/access?to=%2Froom.html%3Froom%3Dblue", asked.Headers.Location?.ToString());
        var page = await http.GetStringAsync(asked.Headers.Location, Cancellation);
        Assert.Contains("value=\"/room.html?room=blue\"", page, StringComparison.Ordinal);

        using var refused = await GiveAsync(http, "not a key of the operator's", "/");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var admitted = await GiveAsync(http, Key, "/room.html?room=blue");
        Assert.Equal("/room.html?room=blue", admitted.Headers.Location?.ToString());
        var cookie = Assert.Single(admitted.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Key, Uri.UnescapeDataString(cookie), StringComparison.Ordinal);

        http.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        using var opened = await http.GetAsync(new Uri("room.html?room=blue", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        Assert.NotEqual(401, (await AskAsync(http, HttpMethod.Post, "Emotion")).Status);
    }

    [Fact]
    public async Task OverHttps_TheCookieBelongsToThisHostOnly()
    {
        await using var server = await TestServer.StartAsync($"--Access:Keys:0={Key}", "--Edge:Proxies:0=127.0.0.1");
        using var http = Stranger(server);
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        using var admitted = await GiveAsync(http, Key, "/");
        var cookie = Assert.Single(admitted.Headers.GetValues("Set-Cookie"));
        http.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);

        Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual(401, (await AskAsync(http, HttpMethod.Post, "Emotion")).Status);
    }

    [Theory]
    [InlineData("https://evil.example.org/")]
    [InlineData("//evil.example.org/")]
    [InlineData("/\\evil.example.org/")]
    public async Task APerson_IsSentToNoOtherSite(string to)
    {
        await using var server = await StartAsync();
        using var http = Stranger(server);

        using var admitted = await GiveAsync(http, Key, to);

        Assert.Equal("/", admitted.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Page_ShowsWhatTheAddressSaysAsTextOnly()
    {
        await using var server = await StartAsync();
        using var http = Stranger(server);

        var page = await http.GetStringAsync(new Uri("access?to=" + Uri.EscapeDataString("\"><script>alert(1)</script>"), UriKind.Relative), Cancellation);

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AShortKey_KeepsTheServerFromStarting_AndIsNotNamed()
    {
        var problem = await Assert.ThrowsAsync<OptionsValidationException>(() => TestServer.StartAsync("--Access:Keys:0=secret"));

        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync("--Access:Keys:0=another of the keys", $"--Access:Keys:1={Key}");

    private static HttpClient Stranger(TestServer server)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        return http;
    }

    private static async Task<HttpResponseMessage> GiveAsync(HttpClient http, string key, string to)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["key"] = key, ["to"] = to });
        return await http.PostAsync(new Uri("access", UriKind.Relative), form, Cancellation);
    }

    private static async Task<(int Status, string? Code)> AskAsync(HttpClient http, HttpMethod method, string path, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var answer = await http.SendAsync(request, Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        return ((int)answer.StatusCode, text.StartsWith('{') && JsonDocument.Parse(text).RootElement.TryGetProperty("code", out var code) ? code.GetString() : null);
    }
}
