using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EmotionStream.Contracts;
using EmotionStream.Faces.Stills;
using EmotionStream.Tests.Kit;
using EmotionStream.Tests.Vision;
using Microsoft.Extensions.Logging;

namespace EmotionStream.Tests.Api;

/// <summary>Pictures uploaded to `/api/v1/images`: every kind that people have, and what else they send.</summary>
public class ImageTests
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Image_WithAFace_TellsEverythingOfIt()
    {
        await using var server = await TestServer.StartAsync();

        var reply = await MeasureAsync(server, "?heatmap=true", Form(("image", TestPictures.Face("happy", centerX: 0.3))));

        var image = Assert.Single(reply.Images);
        var face = Assert.Single(image.Faces);
        Assert.Equal(EmotionLabels.All, reply.Labels);
        Assert.Equal((0, 640, 480), (image.Index, image.Width, image.Height));
        Assert.Equal(("1", "happy"), (face.Id, face.Dominant));
        Assert.InRange(face.Box[0] + (face.Box[2] / 2), 0.25, 0.35);
        Assert.InRange(face.Box[1] + (face.Box[3] / 2), 0.4, 0.6);
        Assert.Equal(10, face.Points!.Length);
        Assert.InRange(face.Confidence, 0.6, 1);
        Assert.Equal(1, face.Emotions.Sum(), 1e-3);
        Assert.Equal(face.Emotions.Max(), face.Certainty);
        Assert.InRange(face.Valence, 0.2, 1);
        Assert.Equal(36, face.Heatmap!.Length);
        Assert.Equal((0, 1), (face.Heatmap.Min(), face.Heatmap.Max()));
        Assert.All([image.Timings.Decode, image.Timings.Detect, image.Timings.Infer], took => Assert.InRange(took, 0.01, 60_000));
    }

    /// <summary>Read as the bare JSON that docs/http.md promises, since programs of other languages read it so.</summary>
    [Theory]
    [InlineData(-20)]
    [InlineData(0)]
    [InlineData(20)]
    public async Task Image_WithALeaningFace_CarriesItsPose(int degrees)
    {
        await using var server = await TestServer.StartAsync();
        using var http = server.CreateHttpClient();
        using var body = Form(("image", PictureFiles.Leaning("neutral", degrees)));

        using var reply = await http.PostAsync(new Uri("/api/v1/images", UriKind.Relative), body, Cancellation);

        var answer = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Cancellation)).RootElement;
        var pose = answer.GetProperty("images")[0].GetProperty("faces")[0].GetProperty("pose");
        Assert.Equal(["yaw", "pitch", "roll"], pose.EnumerateObject().Select(angle => angle.Name));
        Assert.InRange(pose.GetProperty("yaw").GetDouble(), -10, 10);
        Assert.InRange(pose.GetProperty("pitch").GetDouble(), -20, 20);
        Assert.InRange(pose.GetProperty("roll").GetDouble(), degrees - 5, degrees + 5);
    }

    [Fact]
    public async Task Image_WithNobody_IsAnEmptyList()
    {
        await using var server = await TestServer.StartAsync();

        var reply = await MeasureAsync(server, "", Form(("image", TestPictures.Empty())));

        Assert.Empty(Assert.Single(reply.Images).Faces);
    }

    public static TheoryData<string, byte[]> Kinds => new()
    {
        { "JPEG", PictureFiles.Jpeg("happy") },
        { "PNG", PictureFiles.Png("happy") },
        { "16-bit PNG", PictureFiles.SixteenBitPng("happy") },
        { "animated PNG", PictureFiles.AnimatedPng("happy") },
        { "WebP", PictureFiles.WebP("happy") },
        { "lossless WebP", PictureFiles.LosslessWebP("happy") },
        { "animated WebP", PictureFiles.AnimatedWebP("happy") },
        { "JPEG on its side", PictureFiles.OnItsSide(PictureFiles.Jpeg("happy")) },
    };

    [Fact]
    public async Task Image_OfEveryKind_IsReadAlike()
    {
        await using var server = await TestServer.StartAsync();
        var expected = Assert.Single((await MeasureAsync(server, "", Form(("image", PictureFiles.Jpeg("happy"))))).Images).Faces[0];

        foreach (var (kind, file) in Kinds.Select(row => row.Data))
        {
            var image = Assert.Single((await MeasureAsync(server, "", Form(("image", file)))).Images);

            Assert.True(image.Faces.Count == 1, $"{kind}: {image.Faces.Count} faces");
            Assert.Equal((640, 480), (image.Width, image.Height));
            Assert.Equal(expected.Dominant, image.Faces[0].Dominant);
            for (var i = 0; i < 4; i++)
            {
                Assert.True(Math.Abs(expected.Box[i] - image.Faces[0].Box[i]) < 0.04, $"{kind}: {string.Join(' ', image.Faces[0].Box)} instead of {string.Join(' ', expected.Box)}");
            }

            for (var i = 0; i < 8; i++)
            {
                Assert.True(Math.Abs(expected.Emotions[i] - image.Faces[0].Emotions[i]) < 0.15, $"{kind}: the emotions differ");
            }
        }
    }

    [Fact]
    public async Task Image_OfFourInks_IsRead()
    {
        await using var server = await TestServer.StartAsync();

        var reply = await MeasureAsync(server, "", Form(("image", TestJpeg.Cmyk(640, 480))));

        Assert.Equal((640, 480), (reply.Images[0].Width, reply.Images[0].Height));
    }

    [Theory]
    [InlineData("image/jpeg")]
    [InlineData("application/octet-stream")]
    public async Task Image_AsTheBody_IsRead(string type)
    {
        await using var server = await TestServer.StartAsync();
        using var body = new ByteArrayContent(PictureFiles.Jpeg("happy")) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

        var reply = await MeasureAsync(server, "", body);

        Assert.Single(reply.Images[0].Faces);
    }

    [Fact]
    public async Task Images_SeveralAtOnce_KeepTheirOrder_AndABadOneSpoilsNoOther()
    {
        await using var server = await TestServer.StartAsync("--Stills:AtOnce=3");
        var pictures = Enumerable.Range(0, 12).Select(i => ("image", i == 5 ? "no picture"u8.ToArray() : TestPictures.Face(i % 2 == 0 ? "happy" : "surprise"))).ToArray();

        var reply = await MeasureAsync(server, "", Form(pictures));

        Assert.Equal(Enumerable.Range(0, 12), reply.Images.Select(image => image.Index));
        Assert.Equal("not_a_picture", reply.Images[5].Problem?.Code);
        Assert.Empty(reply.Images[5].Faces);
        foreach (var image in reply.Images.Where(image => image.Index != 5))
        {
            Assert.Null(image.Problem);
            Assert.Equal(image.Index % 2 == 0 ? "happy" : "surprise", Assert.Single(image.Faces).Dominant);
        }
    }

    [Fact]
    public async Task Image_FacesOfEverySize_AreFound()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var side in (int[])[40, 80, 160, 320, 480])
        {
            var reply = await MeasureAsync(server, "", Form(("image", TestPictures.Face("happy", faceSide: side))));
            Assert.True(reply.Images[0].Faces.Count == 1, $"{reply.Images[0].Faces.Count} faces of {side} pixels");
        }
    }

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

    /// <summary>The orientation stands in the same segment as the description: it is read, and nothing else of it goes anywhere.</summary>
    [Fact]
    public async Task Metadata_IsReadForTheOrientation_AndNeverComesBack()
    {
        const string Description = "Ann at 52.5N 13.4E";
        var picture = PictureFiles.WithExif(PictureFiles.Jpeg("happy"), 6, Description);
        Assert.True(picture.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Description)) > 0);
        var logs = new MemoryLogs();
        await using var server = await TestServer.StartAsync(builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        using var http = server.CreateHttpClient();

        foreach (var (file, status, expected) in new[] { (picture, HttpStatusCode.OK, "\"width\":480,\"height\":640"), (picture[..^2000], HttpStatusCode.UnprocessableEntity, "undecodable") })
        {
            using var body = Form(("image", file));
            using var reply = await http.PostAsync(new Uri("/api/v1/images", UriKind.Relative), body, Cancellation);
            var text = reply.Headers + await reply.Content.ReadAsStringAsync(Cancellation);

            Assert.Equal(status, reply.StatusCode);
            Assert.Contains(expected, text);
            Assert.DoesNotContain("Ann", text);
            Assert.DoesNotContain("alert(1)", text);
        }

        Assert.NotEmpty(logs.Lines);
        Assert.DoesNotContain(logs.Lines, line => line.Contains("Ann at", StringComparison.Ordinal) || line.Contains("alert(1)", StringComparison.Ordinal));
    }

    private static async Task<StillReadingList> MeasureAsync(TestServer server, string query, HttpContent body)
    {
        using var http = server.CreateHttpClient();
        using var reply = await http.PostAsync(new Uri("/api/v1/images" + query, UriKind.Relative), body, Cancellation);
        var text = await reply.Content.ReadAsStringAsync(Cancellation);
        Assert.True(reply.StatusCode == HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize<StillReadingList>(text, Wire)!;
    }

    private static async Task<(int Status, string? Code)> RefusalAsync(TestServer server, HttpContent body)
    {
        using var http = server.CreateHttpClient();
        using var reply = await http.PostAsync(new Uri("/api/v1/images", UriKind.Relative), body, Cancellation);
        return await ProblemAsync(reply);
    }

    private static async Task<(int Status, string? Code)> ProblemAsync(HttpResponseMessage reply)
    {
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Cancellation)).RootElement;
        Assert.Equal((int)reply.StatusCode, problem.GetProperty("status").GetInt32());
        return ((int)reply.StatusCode, problem.GetProperty("code").GetString());
    }

    private static MultipartFormDataContent Form(params (string Field, byte[] File)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, file) in files)
        {
            form.Add(new ByteArrayContent(file), field, "../<script>alert(1)</script>.jpg");
        }

        return form;
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
