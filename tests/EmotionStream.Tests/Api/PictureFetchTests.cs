using System.Net;
using EmotionStream.Api.Pictures;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EmotionStream.Tests.Api;

/// <summary>Pictures that the server is asked to fetch: from allowed hosts only, and never from the networks around it unless told so.</summary>
public sealed class PictureFetchTests : IAsyncLifetime
{
    private WebApplication _elsewhere = null!;

    private string Host => new Uri(_elsewhere.Urls.First()).Authority;

    public async ValueTask InitializeAsync()
    {
        _elsewhere = WebApplication.CreateSlimBuilder().Build();
        _elsewhere.Urls.Add("http://127.0.0.1:0");
        var picture = TestPictures.Face("happy");
        _elsewhere.MapGet("/face.jpg", () => Results.Bytes(picture, "image/jpeg"));
        _elsewhere.MapGet("/moved.jpg", () => Results.Redirect("/face.jpg"));
        _elsewhere.MapGet("/away.jpg", (HttpRequest request) => Results.Redirect($"http://localhost:{request.Host.Port}/face.jpg"));
        _elsewhere.MapGet("/circle.jpg", () => Results.Redirect("/circle.jpg"));
        _elsewhere.MapGet("/large.jpg", () => Results.Bytes(new byte[300_000], "image/jpeg"));
        _elsewhere.MapGet("/slow.jpg", async (HttpContext context) => await Task.Delay(Timeout.Infinite, context.RequestAborted));
        await _elsewhere.StartAsync();
    }

    public ValueTask DisposeAsync() => _elsewhere.DisposeAsync();

    [Fact]
    public async Task AllowedHost_IsAsked_AndMayRedirectToItself()
    {
        await using var server = await TestServer.StartAsync($"--Fetch:Hosts:0={Host}", "--Fetch:AllowPrivateAddresses=true", "--Fetch:Timeout=00:00:05", "--Stills:MaxBytes=200000");

        Assert.Equal(200, await AnalyzeAsync(server, "face.jpg"));
        Assert.Equal(200, await AnalyzeAsync(server, "moved.jpg"));
        Assert.Equal(400, await AnalyzeAsync(server, "away.jpg"));
        Assert.Equal(400, await AnalyzeAsync(server, "circle.jpg"));
        Assert.Equal(400, await AnalyzeAsync(server, "none.jpg"));
        Assert.Equal(413, await AnalyzeAsync(server, "large.jpg"));
    }

    [Fact]
    public async Task SlowHost_IsGivenUp()
    {
        await using var server = await TestServer.StartAsync($"--Fetch:Hosts:0={Host}", "--Fetch:AllowPrivateAddresses=true", "--Fetch:Timeout=00:00:01");

        Assert.Equal(400, await AnalyzeAsync(server, "slow.jpg"));
    }

    [Fact]
    public async Task PrivateAddress_IsRefused_ThoughItsNameIsAllowed()
    {
        await using var server = await TestServer.StartAsync($"--Fetch:Hosts:0={Host}");

        Assert.Equal(400, await AnalyzeAsync(server, "face.jpg"));
    }

    [Fact]
    public async Task OtherHost_IsRefused()
    {
        await using var server = await TestServer.StartAsync("--Fetch:Hosts:0=pictures.example.org", "--Fetch:AllowPrivateAddresses=true");

        Assert.Equal(400, await AnalyzeAsync(server, "face.jpg"));
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    public void PublicAddress_IsOneOfTheOpenInternet(string address, bool expected) => Assert.Equal(expected, PublicAddress.Is(IPAddress.Parse(address)));

    private async Task<int> AnalyzeAsync(TestServer server, string path) =>
        (await AnalyzeTests.PostJsonAsync(server, new { img = $"http://{Host}/{path}" })).Status;
}
