using System.Diagnostics;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Telemetry;
using EmotionStream.Telemetry;
using Microsoft.Extensions.Options;

namespace EmotionStream.Sessions;

/// <summary>Traces a sampled frame's way from the hub to its answer.</summary>
/// <remarks>All of it is told at the end, from the time stamps that the frame has anyway: a frame that is not traced costs nothing.</remarks>
internal sealed class FrameTraces(IOptions<TelemetryOptions> options, TimeProvider time)
{
    private static readonly ActivitySource Source = new(TelemetryRegistration.TraceSource);

    /// <summary>The trace of a frame that was measured just now; null unless somebody listens and the frame is sampled.</summary>
    public FrameTrace? Begin(in IncomingFrame frame, Picture picture)
    {
        if (!Source.HasListeners() || Random.Shared.NextDouble() >= options.Value.TracedFrames)
        {
            return null;
        }

        var (utc, now) = (time.GetUtcNow(), time.GetTimestamp());
        var received = At(frame.ReceivedAt);
        var begun = received.AddMilliseconds(picture.Durations.Queued);
        var decoded = begun.AddMilliseconds(picture.Durations.Decode);
        var (found, queued) = (At(picture.FoundAt), At(picture.QueuedAt));

        // A trace of its own, whatever this thread works for: frames come by the thousand in one connection's request.
        var outer = Activity.Current;
        Activity.Current = null;
        try
        {
            if (Source.StartActivity("frame", ActivityKind.Server, default(ActivityContext), startTime: received) is not { } activity)
            {
                return null;
            }

            activity.SetTag("emotionstream.faces", picture.FaceCount).SetTag("emotionstream.width", picture.Width).SetTag("emotionstream.height", picture.Height);
            var trace = new FrameTrace(Source, activity);
            trace.Add(Stages.Frame.Queued, received, begun);
            trace.Add(Stages.Frame.Decode, begun, decoded);
            trace.Add(Stages.Frame.Detect, decoded, found);
            trace.Add(Stages.Crop, found, queued);
            trace.Add(Stages.Infer, queued, utc);
            return trace;
        }
        finally
        {
            Activity.Current = outer;
        }

        DateTimeOffset At(long timestamp) => utc - time.GetElapsedTime(timestamp, now);
    }
}
