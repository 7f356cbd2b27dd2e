using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EmotionStream.Contracts;
using EmotionStream.Faces.Stills;
using EmotionStream.Tests.Kit;
using EmotionStream.Tests.Vision;
using Microsoft.Extensions.Logging;
using static EmotionStream.Tests.Api.ImageClient;

namespace EmotionStream.Tests.Api;

/// <summary>Pictures uploaded to `/api/v1/images`: every kind that people have.</summary>
public class ImageTests
{
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
}
