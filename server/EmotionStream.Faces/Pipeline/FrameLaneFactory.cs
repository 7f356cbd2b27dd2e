using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Tracking;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Makes the lane of a new session.</summary>
internal sealed class FrameLaneFactory(
    ReadyQueue ready, EmotionModel model, IOptions<PipelineOptions> pipeline, IOptions<VisionOptions> vision, TimeProvider time)
{
    public FrameLane Create(IFrameSink sink) =>
        new(sink, ready, pipeline.Value.MailboxCapacity, new FaceSearch(vision.Value), model, new FrameClock(time));
}
