using EmotionStream.Faces.Emotion;
using Microsoft.Extensions.Options;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Makes the lane of a new session.</summary>
internal sealed class FrameLaneFactory(
    ReadyQueue ready, EmotionModel model, IOptions<PipelineOptions> pipeline, IOptions<VisionOptions> vision, FairShare share, TimeProvider time, ILogger<FrameLane> logger)
{
    /// <param name="snapshot">What another server left, to go on with.</param>
    /// <exception cref="FormatException">The snapshot does not fit this server.</exception>
    public FrameLane Create(IFrameSink sink, LaneSnapshot? snapshot = null)
    {
        var (faces, clock) = (new FaceFollower(vision.Value, model), new FrameClock(time));
        if (snapshot is not null)
        {
            faces.Load(snapshot);
            clock.GoOnFrom(snapshot.At);
        }

        return new FrameLane(sink, ready, pipeline.Value, faces, model, clock, share, logger);
    }
}
