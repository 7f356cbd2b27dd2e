using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Api;

/// <summary>A wrong address: a page for people, a problem for programs.</summary>
public class NotFoundPageTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Theory]
    [InlineData("en-US,en;q=0.5", "Page not found")]
    [InlineData("de-DE,de;q=0.8,en;q=0.5", "Seite nicht gefunden")]
    public async Task ABrowser_GetsAPage_InItsLanguage_UnderTheSamePolicy(string language, string title)
    {
        using var reply = await GetAsync("/nothing.html", Browser, language);

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Equal("text/html", reply.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"<h1>{title}</h1>", await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(reply.Headers.Contains("Content-Security-Policy"));
    }

    [Theory]
    [InlineData("/nothing.html", "*/*")]
    [InlineData("/nothing.html", "application/json")]
    [InlineData("/nothing.html", "not a type")]
    [InlineData("/api/v1/nothing", Browser)]
    public async Task AProgram_AndTheApi_GetAProblem(string path, string accepted)
    {
        using var reply = await GetAsync(path, accepted, "en");

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Equal("not_found", (await reply.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("code").GetString());
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string accepted, string language)
    {
        using var http = shared.Server.CreateHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accepted);
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
