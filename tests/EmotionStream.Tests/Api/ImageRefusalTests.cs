using System.Net;
using System.Net.Http.Headers;
using System.Text;
using EmotionStream.Faces.Stills;
using EmotionStream.Tests.Kit;
using EmotionStream.Tests.Vision;
using static EmotionStream.Tests.Api.ImageClient;

namespace EmotionStream.Tests.Api;

/// <summary>What `/api/v1/images` refuses: files that are no pictures, broken requests, and more than it can take.</summary>
public class ImageRefusalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, byte[], int, string> Bad => new()
    {
        { "nothing", [], 400, "empty_picture" },
        { "a text", "<script>alert(1)</script>"u8.ToArray(), 415, "not_a_picture" },
        { "a GIF", "GIF89a\x01\0\x01\0\0\0\0;"u8.ToArray(), 415, "not_a_picture" },
        { "half a JPEG", PictureFiles.Jpeg("happy")[..^2000], 422, "undecodable" },
        { "a JPEG's beginning", PictureFiles.Jpeg("happy")[..3], 422, "undecodable" },
        { "half a PNG", PictureFiles.Png("happy")[..^2000], 422, "undecodable" },
        { "half a WebP", PictureFiles.WebP("happy")[..^500], 422, "undecodable" },
        { "a WebP's beginning", PictureFiles.WebP("happy")[..14], 422, "undecodable" },
        { "a PNG of 30,000 x 30,000", PngWriter.Png(30_000, 30_000, 2, [0]), 413, "too_many_pixels" },
        { "a JPEG of 30,000 x 30,000", Enlarged(PictureFiles.Jpeg("happy"), 30_000, 30_000), 413, "too_many_pixels" },
        { "a JPEG of 60,000 x 1", Enlarged(PictureFiles.Jpeg("happy"), 60_000, 1), 413, "too_many_pixels" },
        { "50 MB", new byte[50_000_000], 413, "too_large" },
    };

    [Fact]
    public async Task Image_ThatIsNone_IsRefused_AndLeavesNothingBehind()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var (what, file, status, code) in Bad.Select(row => row.Data))
        {
            var refused = await RefusalAsync(server, Form(("image", file)));

            Assert.True(refused == (status, code), $"{what}: {refused}");
        }

        Assert.Equal(0, server.Service<PictureBudget>().Taken);
        Assert.Single((await MeasureAsync(server, "", Form(("image", PictureFiles.Jpeg("happy"))))).Images[0].Faces);
    }

    [Fact]
    public async Task Request_ThatIsNone_IsRefused()
    {
        await using var server = await TestServer.StartAsync();
        var picture = PictureFiles.Jpeg("happy");
        using var wrongField = Form(("picture", picture));
        using var json = new StringContent("{}", Encoding.UTF8, "application/json");
        using var noType = new ByteArrayContent(picture);
        using var noBoundary = new ByteArrayContent(picture) { Headers = { ContentType = new MediaTypeHeaderValue("multipart/form-data") } };
        using var cutShort = new StringContent("--x\r\nContent-Disposition: form-data; name=image\r\n\r\nabc", Encoding.UTF8);
        cutShort.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        using var tooManyFields = Form([.. Enumerable.Range(0, 65).Select(i => ($"field{i}", new byte[] { 1 }))]);

        Assert.Equal((400, "no_picture"), await RefusalAsync(server, wrongField));
        Assert.Equal((415, "unsupported_media_type"), await RefusalAsync(server, json));
        Assert.Equal((415, "unsupported_media_type"), await RefusalAsync(server, noType));
        Assert.Equal((400, "bad_form"), await RefusalAsync(server, noBoundary));
        Assert.Equal((400, "bad_form"), await RefusalAsync(server, cutShort));
        Assert.Equal((413, "too_many_parts"), await RefusalAsync(server, tooManyFields));
    }

    [Fact]
    public async Task Form_OfAHundredThousandFiles_IsRefusedWhenTheLimitIsReached()
    {
        await using var server = await TestServer.StartAsync("--Stills:MaxPictures=20");
        var form = new StringBuilder();
        for (var i = 0; i < 100_000; i++)
        {
            form.Append("--x\r\nContent-Disposition: form-data; name=image; filename=\"../../etc/<script>.jpg\"\r\n\r\na\r\n");
        }

        using var content = new StringContent(form.Append("--x--\r\n").ToString());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        Assert.Equal((413, "too_many_parts"), await RefusalAsync(server, content));
    }

    [Fact]
    public async Task Request_BeyondTheLimit_IsRefused()
    {
        await using var server = await TestServer.StartAsync("--Stills:MaxRequestBytes=50000");

        Assert.Equal((413, "request_too_large"), await RefusalAsync(server, Form(("image", new byte[60_000]))));
    }

    [Fact]
    public async Task Pictures_BeyondWhatTheServerHolds_AreToldToComeBack()
    {
        await using var server = await TestServer.StartAsync("--Stills:MaxWaitingBytes=200000");
        using var http = server.CreateHttpClient();
        using var body = Form(("image", new byte[1_000_000]));

        using var reply = await http.PostAsync(new Uri("/api/v1/images", UriKind.Relative), body, Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.StatusCode);
        Assert.NotNull(reply.Headers.RetryAfter);
        Assert.Equal(0, server.Service<PictureBudget>().Taken);
    }

    [Theory]
    [InlineData("GET", "/api/v1/images", 405, "method_not_allowed")]
    [InlineData("GET", "/api/v1/nothing", 404, "not_found")]
    public async Task Address_ThatIsNone_IsAProblemToo(string method, string path, int status, string code)
    {
        await using var server = await TestServer.StartAsync();
        using var http = server.CreateHttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var reply = await http.SendAsync(request, Cancellation);

        Assert.Equal((status, code), await ProblemAsync(reply));
    }

    /// <summary>A JPEG whose header announces another size.</summary>
    private static byte[] Enlarged(byte[] jpeg, int width, int height)
    {
        byte[] changed = [.. jpeg];
        var header = changed.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        (changed[header + 5], changed[header + 6]) = ((byte)(height >> 8), (byte)height);
        (changed[header + 7], changed[header + 8]) = ((byte)(width >> 8), (byte)width);
        return changed;
    }
}
