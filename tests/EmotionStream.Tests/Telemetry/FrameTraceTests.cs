using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using EmotionStream.Contracts;
using EmotionStream.Sessions;
using EmotionStream.Telemetry;
using EmotionStream.Tests.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tests.Telemetry;

/// <summary>A sampled frame's way is traced where somebody listens; nobody listens unless the operator names a collector.</summary>
[Collection(nameof(Alone))]
public class FrameTraceTests
{
    private static readonly string[] StagesOfAFrame = ["queued", "decode", "detect", "crop", "infer", "answer"];

    [Fact]
    public async Task Frame_WhenSampled_IsTracedFromArrivalToAnswer()
    {
        ConcurrentQueue<Activity> ended = [];
        using var listener = Listen(ended);
        await using var server = await TestServer.StartAsync("--Telemetry:TracedFrames=1");
        await using var client = await server.ConnectAsync();
        await client.StartAsync();

        await client.SubmitAsync(1, TestPictures.Face("happy"));
        var measured = await client.NextAsync<Measured>();
        await TestTimeouts.UntilAsync(() => ended.Any(activity => activity.OperationName == "frame"), "the trace ended");

        var frame = Assert.Single(ended, activity => activity.OperationName == "frame");
        var stages = ended.Where(activity => activity.ParentSpanId == frame.SpanId).OrderBy(stage => stage.StartTimeUtc).ToList();
        Assert.Null(frame.ParentId);
        Assert.Equal(1, frame.GetTagItem("emotionstream.faces"));
        Assert.Equal(StagesOfAFrame, stages.Select(stage => stage.OperationName));
        Assert.Equal(frame.StartTimeUtc, stages[0].StartTimeUtc);
        Assert.InRange((stages[0].Duration - TimeSpan.FromMilliseconds(measured.Timings.Queued)).TotalMilliseconds, -0.1, 0.1);
        Assert.InRange((stages[1].Duration - TimeSpan.FromMilliseconds(measured.Timings.Decode)).TotalMilliseconds, -0.1, 0.1);
        Assert.InRange(((stages[2].Duration + stages[3].Duration) - TimeSpan.FromMilliseconds(measured.Timings.Detect)).TotalMilliseconds, -0.1, 0.1);
        Assert.True(stages[^1].StartTimeUtc >= stages[^2].StartTimeUtc + stages[^2].Duration);
        Assert.True(frame.Duration >= stages[4].StartTimeUtc + stages[4].Duration - frame.StartTimeUtc);
    }

    [Fact]
    public void Frame_ThatNobodyTraces_CostsNothing()
    {
        var traces = new FrameTraces(Options.Create(new TelemetryOptions { TracedFrames = 0 }), TimeProvider.System);
        var unheard = Cost(new FrameTraces(Options.Create(new TelemetryOptions { TracedFrames = 1 }), TimeProvider.System));
        using var listener = Listen([]);

        Assert.Equal(0, unheard);
        Assert.Equal(0, Cost(traces));

        static long Cost(FrameTraces traces)
        {
            Assert.Null(traces.Begin(default, null!));
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++)
            {
                traces.Begin(default, null!);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public async Task Collector_ThatTheOperatorNames_GetsTracesAndFiguresButNoRoomsNames()
    {
        ConcurrentBag<(string Path, string Body)> sent = [];
        await using var collector = await StartCollectorAsync(sent);
        await using (var server = await TestServer.StartAsync(
            "--Telemetry:TracedFrames=1", $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Urls.Single()}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"))
        {
            await using var client = await server.ConnectAsync();
            await client.InvokeAsync<Started>("Start", new StartRequest(Purpose.Personal, Consent: true, "secret-room", "secret-name"));
            await client.SubmitAsync(1, TestPictures.Face("happy"));
            await client.NextAsync<Measured>();
            using var http = server.CreateHttpClient();
            await http.PostAsync(new Uri("/api/v1/rooms/secret-room/tokens?token=secret-token", UriKind.Relative), content: null, TestContext.Current.CancellationToken);
            await server.StopAsync();
        }

        var traces = string.Concat(sent.Where(request => request.Path == "/v1/traces").Select(request => request.Body));
        Assert.All(["frame", .. StagesOfAFrame], name => Assert.Contains(name, traces, StringComparison.Ordinal));
        Assert.Contains("/api/v1/rooms/{room}/tokens", traces, StringComparison.Ordinal);
        Assert.Contains(sent, request => request.Path == "/v1/metrics" && request.Body.Contains("emotionstream.frames.measured", StringComparison.Ordinal));
        Assert.DoesNotContain(sent, request => request.Body.Contains("secret", StringComparison.Ordinal) || request.Path == "/v1/logs");
    }

    [Fact]
    public async Task Server_WithoutACollector_TracesNothing()
    {
        await using var server = await TestServer.StartAsync("--Telemetry:TracedFrames=1");
        using var source = new ActivitySource(TelemetryRegistration.TraceSource);
        using var requests = new ActivitySource("Microsoft.AspNetCore");

        Assert.False(source.HasListeners());
        Assert.False(requests.HasListeners());
    }

    private static ActivityListener Listen(ConcurrentQueue<Activity> ended)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryRegistration.TraceSource,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static async Task<WebApplication> StartCollectorAsync(ConcurrentBag<(string Path, string Body)> sent)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            sent.Add((http.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }
}
