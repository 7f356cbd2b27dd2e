using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using EmotionStream.Contracts;
using EmotionStream.Limits;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.SignalR;

namespace EmotionStream.Tests.Edge;

/// <summary>What one address and one key may send, over real sockets, behind a proxy that the operator has named.</summary>
public class CallerLimitTests
{
    private const string Key = "a key of the operator's";
    private const string Ann = "203.0.113.7";
    private const string Ben = "203.0.113.8";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_OfOneAddress_AreRefusedWithATime_AndOthersAreNot()
    {
        await using var server = await StartAsync("--Limits:PerAddress:RequestsPerSecond=1");
        using var ann = Caller(server, Ann);
        using var ben = Caller(server, Ben);

        var (status, code, retryAfter) = await FloodAsync(ann);

        Assert.Equal((429, "rate_limited"), (status, code));
        Assert.InRange(retryAfter, 1, 60);
        Assert.Equal("alive", await ben.GetStringAsync(Path("healthz"), Cancellation));
    }

    [Fact]
    public async Task Requests_OfOneHouseholdsIPv6_CountTogether()
    {
        await using var server = await StartAsync("--Limits:PerAddress:RequestsPerSecond=1");
        using var one = Caller(server, "2001:db8:1:2:3::1");
        using var other = Caller(server, "2001:db8:1:2:9::2");

        await FloodAsync(one);

        Assert.Equal((429, "rate_limited"), await AskAsync(other, "healthz"));
    }

    [Fact]
    public async Task LocalUsers_AndThoseOfAnUnnamedProxy_AreNotLimitedByAddress()
    {
        await using var server = await TestServer.StartAsync("--Limits:PerAddress:RequestsPerSecond=1");
        using var local = server.CreateHttpClient();
        using var stranger = Caller(server, Ann);

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal("alive", await local.GetStringAsync(Path("healthz"), Cancellation));
            Assert.Equal("alive", await stranger.GetStringAsync(Path("healthz"), Cancellation));
        }
    }

    [Fact]
    public async Task Requests_OfOneKey_CountTogether_WhereverTheyComeFrom()
    {
        await using var server = await StartAsync("--Limits:PerKey:RequestsPerSecond=1", $"--Access:Keys:0={Key}");
        using var ann = Caller(server, Ann, Key);
        using var ben = Caller(server, Ben, Key);
        using var without = Caller(server, Ben);

        await FloodAsync(ann);

        Assert.Equal((429, "rate_limited"), await AskAsync(ben, "healthz"));
        Assert.Equal((200, null), await AskAsync(without, "healthz"));
    }

    [Fact]
    public async Task WrongKeys_CostMoreThanOtherRequests()
    {
        await using var server = await StartAsync("--Limits:PerAddress:RequestsPerSecond=5", $"--Access:Keys:0={Key}");
        using var ann = Caller(server, Ann, "not the operator's key");

        List<string?> codes = [];
        for (var i = 0; i < 5; i++)
        {
            codes.Add((await AskAsync(ann, "api/v1/videos/none")).Code);
        }

        // Of the burst of 300 requests, each of them takes 101.
        Assert.Equal(["key_required", "key_required", "key_required", "rate_limited", "rate_limited"], codes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bytes_AreCounted_WhetherTheirLengthIsAnnouncedOrNot(bool chunked)
    {
        await using var server = await StartAsync("--Limits:PerAddress:BytesPerSecond=1000");
        using var ann = Caller(server, Ann);

        // The first is more than the burst of 60,000 and is paid off before the next.
        Assert.Equal("not_a_picture", await PostAsync(ann, new byte[100_000], chunked));
        Assert.Equal("rate_limited", await PostAsync(ann, [1], chunked));
    }

    [Fact]
    public async Task Pixels_OfPictures_AreCounted()
    {
        await using var server = await StartAsync("--Limits:PerAddress:PixelsPerSecond=1000");
        using var ann = Caller(server, Ann);
        var picture = TestPictures.Face("happy");

        Assert.Null(await PostAsync(ann, picture));
        Assert.Equal("rate_limited", await PostAsync(ann, picture));
        Assert.Equal("rate_limited", await PostAsync(ann, picture, path: "api/v1/images"));
    }

    [Fact]
    public async Task Cameras_OfOneAddress_AreLimited_AndAnEndedOneMakesRoom()
    {
        await using var server = await StartAsync("--Limits:PerAddress:Sessions=1");
        await using var first = await ConnectAsync(server, Ann);
        await using var second = await ConnectAsync(server, Ann);
        await using var other = await ConnectAsync(server, Ben);
        await first.StartAsync();

        var refused = await Assert.ThrowsAsync<HubException>(() => second.StartAsync());
        await other.StartAsync();
        await first.InvokeAsync<object>("Stop");
        await second.StartAsync();

        Assert.Contains("too_many_sessions: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_OfOneAddress_AreLimited()
    {
        await using var server = await StartAsync("--Limits:PerAddress:Connections=1");
        using var ann = Caller(server, Ann);
        await using (var first = await ConnectAsync(server, Ann))
        {
            await first.StartAsync();
            Assert.Equal((429, "too_many_connections"), await AskAsync(ann, "hubs/room"));
        }

        var quota = server.Service<QuotaTable>().OfAddress(IPAddress.Parse(Ann));
        await TestTimeouts.UntilAsync(() => quota.BeginConnection() is null, "the closed connection to be counted no more");
    }

    [Fact]
    public async Task Frames_BeyondTheCallersShare_AreRejected()
    {
        // A burst of 60; the session alone would take 120.
        await using var server = await StartAsync("--Limits:PerAddress:FramesPerSecond=1");
        await using var camera = await ConnectAsync(server, Ann);
        await camera.StartAsync();

        for (var i = 1; i <= 70; i++)
        {
            await camera.SubmitAsync(i, [1, 2, 3]);
        }

        var reasons = (await camera.NextAsync(70)).Cast<Rejected>().ToDictionary(answer => answer.Sequence);
        Assert.Equal(RejectionReason.RateLimited, reasons[70].Reason);
        Assert.Contains("Try again in 1 s", reasons[70].Detail, StringComparison.Ordinal);
        Assert.NotEqual(RejectionReason.RateLimited, reasons[1].Reason);
    }

    private static Task<TestServer> StartAsync(params string[] settings) => TestServer.StartAsync(["--Edge:Proxies:0=127.0.0.1", .. settings]);

    private static Uri Path(string path) => new(path, UriKind.Relative);

    private static HttpClient Caller(TestServer server, string address, string? key = null)
    {
        var http = server.CreateHttpClient();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    private static Task<HubTestClient> ConnectAsync(TestServer server, string address) =>
        HubTestClient.ConnectAsync(server.Address, "messagepack", headers: [("X-Forwarded-For", address)]);

    /// <summary>Asks until it is refused, which a burst of 60 requests puts off.</summary>
    private static async Task<(int Status, string? Code, double RetryAfter)> FloodAsync(HttpClient http)
    {
        for (var i = 0; i < 10_000; i++)
        {
            using var answer = await http.GetAsync(Path("healthz"), Cancellation);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return ((int)answer.StatusCode, await CodeAsync(answer), answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
            }
        }

        throw new InvalidOperationException("Nothing was refused.");
    }

    private static async Task<(int Status, string? Code)> AskAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(Path(path), Cancellation);
        return ((int)answer.StatusCode, await CodeAsync(answer));
    }

    private static async Task<string?> PostAsync(HttpClient http, byte[] body, bool chunked = false, string path = "Emotion")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await http.SendAsync(request, Cancellation);
        return await CodeAsync(answer);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        return text.StartsWith('{') && JsonDocument.Parse(text).RootElement.TryGetProperty("code", out var code) ? code.GetString() : null;
    }
}
