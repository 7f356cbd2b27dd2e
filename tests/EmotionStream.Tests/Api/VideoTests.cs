using System.Net;
using System.Text;
using System.Text.Json;
using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;
using EmotionStream.Videos;

namespace EmotionStream.Tests.Api;

/// <summary>Clips: handed in over a real socket, decoded by the real ffmpeg, followed, fetched and forgotten.</summary>
public class VideoTests
{
    private static readonly JsonSerializerOptions Wire = CreateWire();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clip_OfEveryKind_IsFollowedByOneFace_AndJudgedOverTime()
    {
        await using var server = await TestServer.StartAsync();
        using var http = server.CreateHttpClient();
        foreach (var (kind, clip) in new[] { ("MP4", TestClips.Mp4), ("WebM", TestClips.WebM), ("MJPEG", TestClips.Mjpeg) })
        {
            var taken = await TakeAsync(http, clip);
            var done = await EndAsync(http, taken.Id);

            Assert.True(done.State == VideoState.Done, $"{kind}: {done}");
            Assert.Equal(1, done.Progress);
            var timeline = JsonSerializer.Deserialize<VideoTimeline>(await http.GetStringAsync(Address(taken.Id, "/timeline"), Cancellation), Wire)!;
            Assert.Equal((10, done.Frames), (timeline.FramesPerSecond, timeline.Frames.Count));
            // 30 pictures: two seconds, or, as MJPEG has no clock, 30 at the 25 a second that ffmpeg takes it for.
            Assert.InRange(done.Frames, 11, 21);
            Assert.Equal(Enumerable.Range(0, done.Frames).Select(frame => Math.Round(frame / 10.0, 3)), timeline.Frames.Select(frame => frame.Seconds));
            Assert.Equal(["1"], timeline.Frames.SelectMany(frame => frame.Faces).Select(face => face.Id).Distinct());
            Assert.True(timeline.Frames.Count(frame => frame.Faces.Count == 1) >= done.Frames - 1, $"{kind}: the face was lost");
            Assert.Equal("happy", timeline.Frames[3].Faces[0].Dominant);
            Assert.Equal("surprise", timeline.Frames[^1].Faces[0].Dominant);
            Assert.InRange(timeline.Frames[^1].Faces[0].Age, 0.9, 2);
        }
    }

    [Fact]
    public async Task Result_AsTable_HasARowForEachFace()
    {
        await using var server = await TestServer.StartAsync();
        using var http = server.CreateHttpClient();
        var id = (await TakeAsync(http, TestClips.Mjpeg)).Id;
        var done = await EndAsync(http, id);

        using var reply = await http.GetAsync(Address(id, "/timeline?format=csv"), Cancellation);

        var lines = (await reply.Content.ReadAsStringAsync(Cancellation)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("text/csv", reply.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("seconds,face,x,y,width,height,confidence,dominant,", lines[0]);
        Assert.InRange(lines.Length, done.Frames, done.Frames + 1);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(sign => sign == ','), line.Count(sign => sign == ',')));
    }

    [Fact]
    public async Task Events_TellOfProgress_UntilItIsDone()
    {
        await using var server = await TestServer.StartAsync();
        using var http = server.CreateHttpClient();
        var id = (await TakeAsync(http, TestClips.Mp4)).Id;

        using var reply = await http.GetAsync(Address(id, "/events"), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var text = await reply.Content.ReadAsStringAsync(Cancellation).WaitAsync(TestTimeouts.Default, Cancellation);

        Assert.Equal("text/event-stream", reply.Content.Headers.ContentType?.MediaType);
        var events = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.All(events, sent => Assert.StartsWith("event: progress\ndata: {", sent));
        Assert.Contains("\"state\":\"done\"", events[^1]);
        Assert.Contains("\"progress\":1", events[^1]);
    }

    [Fact]
    public async Task Removed_IsForgotten_AndLeavesRoom()
    {
        await using var server = await TestServer.StartAsync("--Videos:MaxWaiting=1");
        using var http = server.CreateHttpClient();
        var id = (await TakeAsync(http, TestClips.Mp4)).Id;
        await EndAsync(http, id);

        using var removed = await http.DeleteAsync(Address(id, ""), Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal((404, "unknown_video"), await ProblemAsync(await http.GetAsync(Address(id, ""), Cancellation)));
        await TakeAsync(http, TestClips.Mp4);
    }

    [Fact]
    public async Task Clip_BeyondWhatWaits_IsToldToComeBack()
    {
        await using var server = await TestServer.StartAsync("--Videos:MaxWaiting=1");
        using var http = server.CreateHttpClient();
        using var held = server.Service<VideoJobs>().TryTakeFile();

        using var reply = await PostAsync(http, TestClips.Mp4);

        Assert.Equal((503, "busy"), await ProblemAsync(reply));
    }

    [Fact]
    public async Task Result_IsForgottenInTime_AndTheOldestFirst()
    {
        await using var server = await TestServer.StartAsync("--Videos:MaxKept=1");
        using var http = server.CreateHttpClient();
        var first = (await TakeAsync(http, TestClips.Mjpeg)).Id;
        await EndAsync(http, first);
        var second = (await TakeAsync(http, TestClips.Mjpeg)).Id;
        await EndAsync(http, second);

        Assert.Equal((404, "unknown_video"), await ProblemAsync(await http.GetAsync(Address(first, ""), Cancellation)));
    }

    [Fact]
    public async Task Clip_ThatIsNone_IsRefused_OrFails()
    {
        await using var server = await TestServer.StartAsync("--Videos:MaxBytes=2000000");
        using var http = server.CreateHttpClient();
        using var noField = new MultipartFormDataContent { { new ByteArrayContent(TestClips.Mp4), "clip", "a.mp4" } };
        using var json = new StringContent("{}", Encoding.UTF8, "application/json");

        Assert.Equal((400, "empty_video"), await ProblemAsync(await PostAsync(http, [])));
        Assert.Equal((415, "not_a_video"), await ProblemAsync(await PostAsync(http, Encoding.UTF8.GetBytes("#EXTM3U\nfile:///etc/passwd"))));
        Assert.Equal((413, "too_large"), await ProblemAsync(await PostAsync(http, new byte[2_000_001])));
        Assert.Equal((400, "no_video"), await ProblemAsync(await http.PostAsync(Address("", ""), noField, Cancellation)));
        Assert.Equal((415, "unsupported_media_type"), await ProblemAsync(await http.PostAsync(Address("", ""), json, Cancellation)));
        Assert.Equal((404, "unknown_video"), await ProblemAsync(await http.GetAsync(Address("none", "/events"), Cancellation)));

        var broken = (await TakeAsync(http, TestClips.Mp4[..^2000])).Id;
        var failed = await EndAsync(http, broken);
        Assert.Equal((VideoState.Failed, "undecodable"), (failed.State, failed.Problem?.Code));
        Assert.Equal((409, "undecodable"), await ProblemAsync(await http.GetAsync(Address(broken, "/timeline"), Cancellation)));
    }

    [Fact]
    public async Task Clip_OfLargerPictures_Fails()
    {
        await using var small = await TestServer.StartAsync("--Videos:MaxPixels=5000");
        using var http = small.CreateHttpClient();

        Assert.Equal(VideoState.Failed, (await EndAsync(http, (await TakeAsync(http, TestClips.WebM)).Id)).State);
    }

    [Fact]
    public async Task Clip_LongerThanIsLookedAt_EndsThere()
    {
        await using var server = await TestServer.StartAsync("--Videos:MaxLength=00:00:01");
        using var http = server.CreateHttpClient();

        Assert.InRange((await EndAsync(http, (await TakeAsync(http, TestClips.Mp4)).Id)).Frames, 9, 11);
    }

    [Fact]
    public async Task Server_WithoutFfmpeg_SaysSo()
    {
        await using var server = await TestServer.StartAsync("--Videos:Ffmpeg=no-such-program");
        using var http = server.CreateHttpClient();

        Assert.Equal((501, "no_ffmpeg"), await ProblemAsync(await PostAsync(http, TestClips.Mp4)));
    }

    private static JsonSerializerOptions CreateWire()
    {
        var wire = new JsonSerializerOptions();
        WireJson.Configure(wire);
        return wire;
    }

    private static Uri Address(string id, string rest) => new($"/api/v1/videos{(id.Length > 0 ? "/" + id : "")}{rest}", UriKind.Relative);

    private static async Task<VideoStatus> TakeAsync(HttpClient http, byte[] clip)
    {
        using var reply = await PostAsync(http, clip);
        var text = await reply.Content.ReadAsStringAsync(Cancellation);
        Assert.True(reply.StatusCode == HttpStatusCode.Accepted, text);
        var status = JsonSerializer.Deserialize<VideoStatus>(text, Wire)!;
        Assert.Equal($"/api/v1/videos/{status.Id}", reply.Headers.Location?.ToString());
        return status;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, byte[] clip)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(clip), "video", "../<script>.mp4" } };
        return await http.PostAsync(Address("", ""), form, Cancellation);
    }

    /// <summary>Asks until it is over.</summary>
    private static async Task<VideoStatus> EndAsync(HttpClient http, string id)
    {
        VideoStatus? status = null;
        await TestTimeouts.UntilAsync(
            async () =>
            {
                status = JsonSerializer.Deserialize<VideoStatus>(await http.GetStringAsync(Address(id, ""), Cancellation), Wire)!;
                return status.State is VideoState.Done or VideoState.Failed;
            },
            "the clip done or failed");
        return status!;
    }

    private static async Task<(int Status, string? Code)> ProblemAsync(HttpResponseMessage reply)
    {
        using (reply)
        {
            Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
            return ((int)reply.StatusCode, JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("code").GetString());
        }
    }
}
