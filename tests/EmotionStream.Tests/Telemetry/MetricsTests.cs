using System.Net;
using System.Net.Http.Headers;
using EmotionStream.Contracts;
using EmotionStream.Faces.Telemetry;
using EmotionStream.Tests.Kit;

namespace EmotionStream.Tests.Telemetry;

/// <summary>What Prometheus reads has the names that it always had, and strangers don't read it.</summary>
/// <remarks>OpenTelemetry adds up the instruments of every server in a process, so the figures are exact only while no other server runs.</remarks>
[Collection(nameof(Alone))]
public class MetricsTests
{
    private const string Key = "an operator's key of 32 characters";

    /// <summary>Golden/metrics.txt was recorded from the server while it wrote Prometheus' text itself.</summary>
    [Fact]
    public async Task Metrics_HaveTheNamesAndKindsThatTheyAlwaysHad()
    {
        await using var server = await TestServer.StartAsync();
        Record(server.Service<EmotionStreamMetrics>());

        var lines = (await ReadAsync(server)).Split('\n');

        Assert.Equal(
            await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Golden", "metrics.txt"), TestContext.Current.CancellationToken),
            lines.Where(line => line.StartsWith("# TYPE emotionstream_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("# HELP emotionstream_frames_received_total Frames that arrived, whatever became of them.", lines);
        Assert.Contains("emotionstream_frames_received_total{} 2", lines);
        Assert.Contains("emotionstream_frames_dropped_total{reason=\"too_large\"} 1", lines);
        Assert.Contains("emotionstream_sessions_active{} 1", lines);
        Assert.Contains("emotionstream_batch_size_bucket{le=\"1\"} 1", lines);
        Assert.Contains("emotionstream_batch_size_bucket{le=\"4\"} 2", lines);
        Assert.Contains("emotionstream_batch_size_bucket{le=\"64\"} 2", lines);
        Assert.Contains("emotionstream_batch_size_bucket{le=\"+Inf\"} 3", lines);
        Assert.Contains("emotionstream_batch_size_sum{} 1004", lines);
        Assert.Contains("emotionstream_stage_duration_seconds_bucket{stage=\"decode\",le=\"0.0025\"} 0", lines);
        Assert.Contains("emotionstream_stage_duration_seconds_bucket{stage=\"decode\",le=\"0.005\"} 1", lines);
        Assert.Contains("emotionstream_stage_duration_seconds_count{stage=\"decode\"} 1", lines);
    }

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

    [Fact]
    public async Task Metrics_ShowRequestsAndTheRuntimeToo()
    {
        await using var server = await TestServer.StartAsync();
        await ReadAsync(server);

        var text = await ReadAsync(server);

        Assert.Contains("http_server_request_duration_seconds_count{", text);
        Assert.Contains("dotnet_gc_collections_total{", text);
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.Forbidden)]
    [InlineData(null, Key, HttpStatusCode.Forbidden)]
    [InlineData(Key, null, HttpStatusCode.Unauthorized)]
    [InlineData(Key, "another key of the same length....", HttpStatusCode.Unauthorized)]
    [InlineData(Key, "", HttpStatusCode.Unauthorized)]
    [InlineData(Key, Key, HttpStatusCode.OK)]
    public async Task Metrics_ForSomebodyBehindAProxy_NeedTheOperatorsKey(string? key, string? sent, HttpStatusCode expected)
    {
        await using var server = await TestServer.StartAsync(key is null ? [] : [$"--Rooms:OperatorKey={key}"]);
        using var http = server.CreateHttpClient();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "127.0.0.1");
        http.DefaultRequestHeaders.Authorization = sent is null ? null : new AuthenticationHeaderValue("Bearer", sent);

        using var reply = await http.GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(expected, reply.StatusCode);
        Assert.Equal(expected == HttpStatusCode.Unauthorized, reply.Headers.WwwAuthenticate.Count > 0);
        var text = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected == HttpStatusCode.OK, text.Contains("emotionstream_queue_ready", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_ForAPageOfAnotherSite_AreRefused()
    {
        await using var server = await TestServer.StartAsync();
        using var http = server.CreateHttpClient();
        foreach (var (header, value) in new[] { ("Origin", "https://example.org"), ("Host", "example.org") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { header, value } } };
            using var reply = await http.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.Forbidden, reply.StatusCode);
        }
    }

    [Fact]
    public async Task Metrics_ForTheMachineItself_NeedNoKeyEvenWhereOneIsSet()
    {
        await using var server = await TestServer.StartAsync($"--Rooms:OperatorKey={Key}");

        Assert.Contains("emotionstream_queue_ready{} 0", await ReadAsync(server));
    }

    private static async Task<string> ReadAsync(TestServer server)
    {
        using var http = server.CreateHttpClient();
        return await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
    }

    private static void Record(EmotionStreamMetrics metrics)
    {
        metrics.FrameReceived();
        metrics.FrameReceived();
        metrics.FrameMeasured(TimeSpan.FromMilliseconds(9));
        metrics.FrameDropped(RejectionReason.TooLarge);
        metrics.FrameFailed();
        metrics.BatchRan(1);
        metrics.BatchRan(3);
        metrics.BatchRan(1000);
        metrics.StageTook(Stages.Frame.Decode, TimeSpan.FromMilliseconds(3));
        metrics.SessionBegan();
        metrics.StillEnded("measured");
        metrics.HistoryWritten(1);
        metrics.HistoryDropped();
    }
}
