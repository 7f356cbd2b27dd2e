using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Tracking;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Follows the faces of one stream of pictures, and keeps what the emotion model remembers of each.</summary>
/// <remarks>Not thread-safe, and need not be: one picture of a stream is at work at a time.</remarks>
internal sealed class FaceFollower(VisionOptions options, EmotionModel model)
{
    private readonly FaceSearch _search = new(options);
    private readonly SequenceMemory _memory = model.CreateMemory();

    /// <summary>The faces of the next picture, taken at a time in seconds.</summary>
    /// <param name="share">How many of them a full server can measure a second.</param>
    public ReadOnlySpan<TrackedFace> Find(FaceDetector detector, GrayImage image, double at, double share = double.PositiveInfinity)
    {
        var faces = _search.Find(detector, image, at, share);
        _memory.Forget(_search.Ended);
        return faces;
    }

    public LaneSnapshot Save(double at)
    {
        var (sha256, generation) = model.Running;
        return new LaneSnapshot(at, _search.Save(), _memory.Save(generation), sha256);
    }

    /// <summary>Goes on with another server's faces. Where another model runs, they keep their ids and it starts from nothing.</summary>
    /// <exception cref="FormatException">The snapshot does not fit this server.</exception>
    public void Load(LaneSnapshot saved)
    {
        _search.Load(saved.Tracker);
        if (model.Running is var (sha256, generation) && sha256 == saved.ModelSha256)
        {
            _memory.Load(saved.Memories, generation);
        }
    }

    public RecurrentState StateOf(int faceId) => _memory.Of(faceId);
}
