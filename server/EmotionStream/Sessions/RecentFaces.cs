using System.Globalization;
using System.Numerics.Tensors;
using EmotionStream.Pipeline;

namespace EmotionStream.Sessions;

/// <summary>The last seconds of a session's faces, so that a person can say that one was misread.</summary>
/// <remarks>
/// Only the frames' way writes, one frame at a time, and whole glimpses at once; anybody may read meanwhile, without a lock.
/// A glimpse is made twice a second and takes 400 bytes, so a session holds 50 KB at most.
/// </remarks>
internal sealed class RecentFaces(TimeProvider time)
{
    private const int Faces = 4;
    private const int GlimpsesOfAFace = 32;

    // Whoever sees a wrong label still has to open the list and choose.
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private readonly FaceGlimpse?[] _glimpses = new FaceGlimpse?[Faces * GlimpsesOfAFace];
    private int _next;
    private long _keptAt;

    public void Keep(MeasuredFrame frame)
    {
        var now = time.GetTimestamp();
        if (_keptAt != 0 && time.GetElapsedTime(_keptAt, now) < Pause)
        {
            return;
        }

        _keptAt = now;
        for (var i = 0; i < Math.Min(frame.FaceCount, Faces); i++)
        {
            var (face, reading) = (frame[i].Face, frame[i].Reading);
            var embedding = new Half[reading.Embedding.Length];
            TensorPrimitives.ConvertToHalf(reading.Embedding, embedding);
            var answer = TensorPrimitives.IndexOfMax<float>(reading.Emotions);
            Volatile.Write(ref _glimpses[_next], new FaceGlimpse(face.Id, frame.Incoming.CapturedAt, now, embedding, answer, reading.ModelSha256));
            _next = (_next + 1) % _glimpses.Length;
        }
    }

    /// <summary>The face's glimpse nearest to that time of the sender's clock, or its last one; null if it was not there lately.</summary>
    public FaceGlimpse? Find(string faceId, double? capturedAt)
    {
        if (!int.TryParse(faceId, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        var now = time.GetTimestamp();
        var own = Enumerable.Range(0, _glimpses.Length).Select(i => Volatile.Read(ref _glimpses[i])).OfType<FaceGlimpse>()
            .Where(glimpse => glimpse.FaceId == id && time.GetElapsedTime(glimpse.SeenAt, now) < Memory);
        return capturedAt is { } wanted && double.IsFinite(wanted)
            ? own.MinBy(glimpse => Math.Abs(glimpse.CapturedAt - wanted))
            : own.MaxBy(glimpse => glimpse.SeenAt);
    }
}
