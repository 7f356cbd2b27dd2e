using System.Net;
using EmotionStream.Contracts;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Api;

public class OperationsTests
{
    [Fact]
    public async Task AServer_BecomesReady_AndCountsWhatItDoes()
    {
        await using var server = await TestServer.StartAsync();
        using var http = server.CreateHttpClient();
        var cancellation = TestContext.Current.CancellationToken;

        Assert.Equal("alive", await http.GetStringAsync("/healthz", cancellation));
        await TestTimeouts.UntilAsync(() => http.GetAsync("/readyz", cancellation).Result.StatusCode == HttpStatusCode.OK, "the server ready");

        await using var client = await server.ConnectAsync();
        await client.StartAsync();
        await client.SubmitAsync(1, TestPictures.Face("neutral"));
        await client.NextAsync<Measured>();
        await client.SubmitAsync(2, [1, 2, 3]);
        await client.NextAsync<Rejected>();

        var metrics = await http.GetStringAsync("/metrics", cancellation);
        Assert.Contains("emotionstream_frames_received_total{} 2", metrics);
        Assert.Contains("emotionstream_frames_measured_total{} 1", metrics);
        Assert.Contains("emotionstream_frames_dropped_total{reason=\"undecodable\"} 1", metrics);
        Assert.Contains("emotionstream_sessions_active{} 1", metrics);
        Assert.Contains("emotionstream_frame_latency_seconds_count{} 1", metrics);
        foreach (var stage in new[] { "queued", "decode", "detect", "infer" })
        {
            Assert.Contains($"emotionstream_stage_duration_seconds_count{{stage=\"{stage}\"}}", metrics);
        }
    }

    [Theory]
    [InlineData("--Vision:FaceModel=models/none.onnx", "none.onnx")]
    [InlineData("--Inference:EmotionModel=models/none.onnx", "none.onnx")]
    [InlineData("--Inference:EmotionModel=models/face.onnx", "'faces'")]
    [InlineData("--Vision:FaceModel=models/emotion.onnx", "emotion.onnx")]
    [InlineData("--Inference:MaxBatch=0", "MaxBatch")]
    [InlineData("--Sessions:MaxSessions=-1", "MaxSessions")]
    [InlineData("--Pipeline:MailboxCapacity=9", "MailboxCapacity")]
    [InlineData("--Storage:Postgres=nonsense", "Storage:Postgres")]
    [InlineData("--Storage:Postgres=Database=nowhere", "Storage:Postgres")]
    [InlineData("--History:RateHz=0", "RateHz")]
    [InlineData("--History:Retention=00:00:01", "Retention")]
    [InlineData("--Recommendations:Catalogue=none.json", "none.json")]
    public async Task AServer_WithABadModelOrSetting_DoesNotStartAndSaysWhich(string setting, string named)
    {
        var problem = await Assert.ThrowsAnyAsync<Exception>(() => TestServer.StartAsync(setting));

        Assert.Contains(named, problem.Message);
    }

    [Fact]
    public async Task AServer_AskedForCudaThatIsNotThere_RunsOnTheProcessor()
    {
        await using var server = await TestServer.StartAsync("--Inference:Device=cuda");
        await using var client = await server.ConnectAsync();
        await client.StartAsync();

        await client.SubmitAsync(1, TestPictures.Face("neutral"));

        Assert.Single((await client.NextAsync<Measured>()).Faces);
    }
}
