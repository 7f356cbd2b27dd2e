using System.Diagnostics;
using EmotionStream.Faces.Telemetry;

namespace EmotionStream.Sessions;

/// <summary>One frame's trace, which ends with its answer.</summary>
internal sealed class FrameTrace(ActivitySource source, Activity frame)
{
    /// <summary>Adds a stage that is over.</summary>
    public void Add(string stage, DateTimeOffset from, DateTimeOffset to)
    {
        using var activity = source.StartActivity(stage, ActivityKind.Internal, frame.Context, startTime: from);
        activity?.SetEndTime(to.UtcDateTime);
    }

    /// <summary>Waits until the answer is with the connection; with that the frame's way ends.</summary>
    public async Task AnswerAsync(Task sent)
    {
        using (frame)
        using (source.StartActivity(Stages.Answer, ActivityKind.Internal, frame.Context))
        {
            await sent;
        }
    }
}
