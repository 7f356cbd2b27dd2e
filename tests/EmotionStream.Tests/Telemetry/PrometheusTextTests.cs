using EmotionStream.Contracts;
using EmotionStream.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace EmotionStream.Tests.Telemetry;

public class PrometheusTextTests
{
    [Fact]
    public void Write_ShowsCountersByTag_GaugesAndCumulativeHistograms()
    {
        using var services = new ServiceCollection().AddTelemetry().BuildServiceProvider();
        var metrics = services.GetRequiredService<EmotionStreamMetrics>();
        var text = services.GetRequiredService<PrometheusText>();
        metrics.Observe("emotionstream.queue.test", "{frame}", "A test's queue.", () => 42);

        metrics.FrameReceived();
        metrics.FrameReceived();
        metrics.FrameDropped(RejectionReason.TooLarge);
        metrics.BatchRan(1);
        metrics.BatchRan(3);
        metrics.BatchRan(1000);
        metrics.StageTook(Stages.Decode, TimeSpan.FromMilliseconds(3));

        var lines = text.Write().Split('\n');
        Assert.Contains("emotionstream_frames_received_total 2", lines);
        Assert.Contains("emotionstream_frames_dropped_total{reason=\"too_large\"} 1", lines);
        Assert.Contains("# TYPE emotionstream_frames_dropped_total counter", lines);
        Assert.Contains("emotionstream_queue_test 42", lines);
        Assert.Contains("emotionstream_batch_size_bucket{le=\"1\"} 1", lines);
        Assert.Contains("emotionstream_batch_size_bucket{le=\"4\"} 2", lines);
        Assert.Contains("emotionstream_batch_size_bucket{le=\"+Inf\"} 3", lines);
        Assert.Contains("emotionstream_batch_size_sum 1004", lines);
        Assert.Contains("emotionstream_stage_duration_seconds_bucket{stage=\"decode\",le=\"0.005\"} 1", lines);
        Assert.Contains("emotionstream_stage_duration_seconds_count{stage=\"decode\"} 1", lines);
    }

    [Fact]
    public void Write_ShowsOnlyTheServersOwnInstruments()
    {
        using var first = new ServiceCollection().AddTelemetry().BuildServiceProvider();
        using var second = new ServiceCollection().AddTelemetry().BuildServiceProvider();
        var text = first.GetRequiredService<PrometheusText>();

        second.GetRequiredService<EmotionStreamMetrics>().FrameReceived();

        Assert.DoesNotContain("emotionstream_frames_received_total 1", text.Write());
    }
}
