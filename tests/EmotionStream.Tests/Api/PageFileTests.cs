using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Api;

/// <summary>How the pages' files are delivered: compressed, and cached for as long as their names allow.</summary>
public partial class PageFileTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("br, gzip, deflate", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("identity", null)]
    [InlineData("br;q=0.5, gzip;q=1", "gzip")]
    public async Task Get_Page_IsEncodedAsTheClientPrefers(string accepted, string? expected)
    {
        using var root = await GetAsync("/", accepted);
        using var index = await GetAsync("/index.html", accepted);

        Assert.Equal(expected, root.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("text/html", root.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Accept-Encoding", root.Headers.Vary);
        var html = await TextAsync(root);
        Assert.StartsWith("<!doctype html>", html, StringComparison.Ordinal);
        Assert.Equal(html, await TextAsync(index));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/upload.html")]
    [InlineData("/dist/kit.css")]
    [InlineData("/dist/client.js")]
    [InlineData("/dist/types/index.d.ts")]
    [InlineData("/demo/index.json")]
    public async Task Get_NameThatStays_IsAskedForAgain_AndNotSentAgain(string path)
    {
        using var first = await GetAsync(path, "br");
        using var again = await GetAsync(path, "br", first.Headers.ETag);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, again.StatusCode));
        Assert.Equal("no-cache", first.Headers.CacheControl?.ToString());
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Get_EncodingsOfOneFile_HaveTagsOfTheirOwn()
    {
        var tags = new List<string?>();
        foreach (var encoding in (string[])["br", "gzip", "identity"])
        {
            using var reply = await GetAsync("/dist/client.js", encoding);
            tags.Add(reply.Headers.ETag?.Tag);
        }

        Assert.Equal(3, tags.Distinct().Count());
        Assert.DoesNotContain(null, tags);
    }

    [Fact]
    public async Task Get_ChunkNamedByItsContent_IsKeptForAYear()
    {
        using var page = await GetAsync("/dist/live.js", "identity");
        var chunk = Chunk().Match(await TextAsync(page)).Value;

        using var reply = await GetAsync($"/dist/{chunk}", "br");

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("max-age=31536000, immutable", reply.Headers.GetValues("Cache-Control").Single());
        Assert.Equal("br", reply.Content.Headers.ContentEncoding.Single());
        Assert.Equal("text/javascript", reply.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Get_Picture_IsNotCompressed()
    {
        using var reply = await GetAsync("/demo/happy-1.png", "br, gzip");

        Assert.Empty(reply.Content.Headers.ContentEncoding);
        Assert.Equal("image/png", reply.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Get_NameThatIsNone_IsNotFound()
    {
        using var reply = await GetAsync("/dist/none.js", "br");

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string encodings, EntityTagHeaderValue? known = null)
    {
        using var http = shared.Server.CreateHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", encodings);
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return await http.SendAsync(request, Cancellation);
    }

    private static async Task<string> TextAsync(HttpResponseMessage reply)
    {
        var body = await reply.Content.ReadAsStreamAsync(Cancellation);
        using var text = new StreamReader(reply.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        });
        return await text.ReadToEndAsync(Cancellation);
    }

    [GeneratedRegex(@"chunk-[A-Z0-9]{8}\.js")]
    private static partial Regex Chunk();
}
