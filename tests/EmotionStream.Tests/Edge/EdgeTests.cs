using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using EmotionStream.Tests.Kit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Edge;

/// <summary>What browsers are told, and what pages of other sites get, over real sockets.</summary>
public class EdgeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryAnswer_TellsBrowsersWhatItMayDo()
    {
        await using var server = await TestServer.StartAsync();
        using var http = server.CreateHttpClient();
        string[] pages = [.. Directory.EnumerateFiles(Path.Combine(Repository.Folder, "wwwroot", "dist", "pages"), "*.html").Select(Path.GetFileName).OfType<string>()];
        Assert.Contains("index.html", pages);

        foreach (var path in (string[])["", "no-such-page", "api/v1/model", "api/v1/videos/none", "dist/live.js", "healthz", .. pages])
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
            var policy = Header(answer, "Content-Security-Policy");
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.EndsWith("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
            Assert.Contains("camera=(self)", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Overlay_MayBeFramed_WhereTheOperatorSays()
    {
        await using var server = await TestServer.StartAsync("--Edge:OverlayFrames:0=https://studio.example.org");
        using var http = server.CreateHttpClient();

        Assert.EndsWith("frame-ancestors https://studio.example.org", await PolicyAsync("overlay.html"), StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'none'", await PolicyAsync("index.html"), StringComparison.Ordinal);

        async Task<string> PolicyAsync(string page)
        {
            using var answer = await http.GetAsync(new Uri(page, UriKind.Relative), Cancellation);
            return Header(answer, "Content-Security-Policy");
        }
    }

    [Fact]
    public async Task OtherServersOfTheCluster_MayBeReachedByPages_AndTheirPagesMayUseThisOne()
    {
        await using var server = await TestServer.StartAsync("--Edge:Servers:0=https://node-2.example.org", "--Edge:Servers:1=http://node-3.example.org:5080");
        using var http = server.CreateHttpClient();

        using var page = await http.GetAsync(new Uri("/", UriKind.Relative), Cancellation);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "https://node-2.example.org");
        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/hubs/camera" }.Uri, Cancellation);

        Assert.Contains(
            "; connect-src 'self' blob: wss://node-2.example.org ws://node-3.example.org:5080;", Header(page, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Theory]
    [InlineData("/hubs/camera")]
    [InlineData("/hubs/room")]
    public async Task Hub_IsClosedToPagesOfOtherSites(string hub)
    {
        await using var server = await TestServer.StartAsync("--Edge:Origins:0=https://calls.example.org");

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await OpenAsync(null));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await OpenAsync(server.Address.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await OpenAsync("https://calls.example.org"));
        Assert.Equal(HttpStatusCode.Forbidden, await OpenAsync("https://evil.example.org"));
        Assert.Equal(HttpStatusCode.Forbidden, await OpenAsync("https://calls.example.org.evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await OpenAsync("null"));

        async Task<HttpStatusCode> OpenAsync(string? origin)
        {
            using var socket = new ClientWebSocket();
            socket.Options.CollectHttpResponseDetails = true;
            if (origin is not null)
            {
                socket.Options.SetRequestHeader("Origin", origin);
            }

            try
            {
                await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = hub }.Uri, Cancellation);
            }
            catch (WebSocketException)
            {
            }

            return socket.HttpStatusCode;
        }
    }

    [Fact]
    public async Task Changing_IsClosedToPagesOfOtherSites_AndReadingIsNot()
    {
        await using var server = await TestServer.StartAsync("--Edge:Origins:0=https://calls.example.org");
        using var http = server.CreateHttpClient();

        Assert.Equal((403, "foreign_origin"), await PostAsync("https://evil.example.org"));
        Assert.Equal((200, null), await PostAsync("https://calls.example.org"));
        Assert.Equal((200, null), await PostAsync(null));

        using var read = new HttpRequestMessage(HttpMethod.Get, "healthz");
        read.Headers.Add("Origin", "https://evil.example.org");
        using var answer = await http.SendAsync(read, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));

        async Task<(int Status, string? Code)> PostAsync(string? origin)
        {
            using var picture = new ByteArrayContent(TestPictures.Face("happy")) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
            using var request = new HttpRequestMessage(HttpMethod.Post, "Emotion") { Content = picture };
            request.Headers.Add("Origin", origin is null ? [] : [origin]);
            using var answer = await http.SendAsync(request, Cancellation);
            Assert.Equal(origin == "https://calls.example.org", answer.Headers.Contains("Access-Control-Allow-Origin"));
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
            return ((int)answer.StatusCode, body.RootElement.TryGetProperty("code", out var code) ? code.GetString() : null);
        }
    }

    [Theory]
    [InlineData(true, "--Edge:Proxies:0=127.0.0.1")]
    [InlineData(true, "--Edge:Proxies:0=127.0.0.0/8")]
    [InlineData(false, "--Edge:Proxies:0=10.0.0.0/8")]
    [InlineData(false)]
    public async Task ForwardedHeaders_AreBelievedOfNamedProxiesOnly(bool named, params string[] settings)
    {
        await using var server = await TestServer.StartAsync(settings);
        using var http = server.CreateHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "healthz");
        request.Headers.Host = "calls.example.org";
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var answer = await http.SendAsync(request, Cancellation);

        Assert.Equal(named, answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Https_WithADevelopmentCertificate_IsServed()
    {
        await using var server = await TestServer.StartAsync("--urls=https://127.0.0.1:0", "--Edge:Certificate=development");

        Assert.Contains("CN=EmotionStream development", await SubjectAsync(server.Address), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Https_WithTheOperatorsCertificate_IsServed(bool pkcs12)
    {
        var file = Path.GetTempFileName();
        try
        {
            using var key = ECDsa.Create();
            using var made = new CertificateRequest("CN=calls.example.org", key, HashAlgorithmName.SHA256)
                .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            await (pkcs12
                ? File.WriteAllBytesAsync(file, made.Export(X509ContentType.Pkcs12, "secret"), Cancellation)
                : File.WriteAllTextAsync(file, made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem(), Cancellation));
            await using var server = await TestServer.StartAsync("--urls=https://127.0.0.1:0", $"--Edge:Certificate={file}", "--Edge:CertificatePassword=secret");

            Assert.Equal("CN=calls.example.org", await SubjectAsync(server.Address));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("--Edge:Origins:0=calls.example.org")]
    [InlineData("--Edge:Origins:0=https://calls.example.org/")]
    [InlineData("--Edge:OverlayFrames:0=*")]
    [InlineData("--Edge:Servers:0=node-2.example.org")]
    [InlineData("--Edge:Proxies:0=proxy")]
    [InlineData("--Edge:Proxies:0=10.0.0.0/99")]
    public async Task BadSetting_KeepsTheServerFromStarting(string setting) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => TestServer.StartAsync(setting));

    [Fact]
    public async Task CertificateThatCantBeRead_KeepsTheServerFromStarting_AndSaysWhich()
    {
        var problem = await Assert.ThrowsAsync<IOException>(() => TestServer.StartAsync("--urls=https://127.0.0.1:0", "--Edge:Certificate=no-such.pem"));

        Assert.Contains("no-such.pem", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:0", 0)]
    [InlineData("http://0.0.0.0:0", 2)]
    [InlineData("http://0.0.0.0:0", 1, "--Access:Keys:0=0123456789abcdef")]
    [InlineData("https://0.0.0.0:0", 0, "--Access:Keys:0=0123456789abcdef", "--Edge:Certificate=development")]
    public async Task ServerThatOthersReach_SaysSo(string address, int warnings, params string[] settings)
    {
        var logs = new FakeLogCollector(Options.Create(new FakeLogCollectorOptions()));
        await using var server = await TestServer.StartAsync(
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(logs));
            },
            [$"--urls={address}", .. settings]);

        Assert.Equal(warnings, logs.GetSnapshot().Count(line => line.Category == "EmotionStream.Edge.ExposureWarning"));
    }

    private static async Task<string> SubjectAsync(Uri server)
    {
        var subject = "";
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
            {
                subject = certificate!.Subject;
                return true;
            },
        };
        using var http = new HttpClient(handler) { BaseAddress = server };
        Assert.Equal("alive", await http.GetStringAsync(new Uri("healthz", UriKind.Relative), Cancellation));
        return subject;
    }

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));
}
