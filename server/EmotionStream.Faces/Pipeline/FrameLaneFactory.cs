using EmotionStream.Faces.Emotion;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Makes the lane of a new session.</summary>
internal sealed class FrameLaneFactory(
    ReadyQueue ready, EmotionModel model, IOptions<PipelineOptions> pipeline, IOptions<VisionOptions> vision, TimeProvider time, ILogger<FrameLane> logger)
{
    public FrameLane Create(IFrameSink sink) =>
        new(sink, ready, pipeline.Value, new FaceFollower(vision.Value, model), model, new FrameClock(time), logger);
}
