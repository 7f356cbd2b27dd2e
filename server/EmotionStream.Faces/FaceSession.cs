using EmotionStream.Contracts;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Stills;
using EmotionStream.Faces.Telemetry;

namespace EmotionStream.Faces;

/// <summary>Pictures of one camera or film, one after the other.</summary>
public sealed class FaceSession
{
    private readonly Source _source;
    private readonly Action<Picture> _process;

    internal FaceSession(FaceFollower faces, EmotionModel model, Action<Picture> process) => (_source, _process) = (new Source(faces, model), process);

    /// <summary>The faces of the next picture.</summary>
    /// <param name="picture">A JPEG, PNG or WebP file.</param>
    /// <param name="seconds">When it was taken, on any clock that goes forward.</param>
    /// <exception cref="RefusedException">The picture can't be read; the session goes on with the next one.</exception>
    public IReadOnlyList<FaceReading> Read(byte[] picture, double seconds)
    {
        (_source.Bytes, _source.Seconds) = (picture, seconds);
        _process(_source.Picture);
        return Still.RefusalOf(_source.Outcome) is { } refusal ? throw new RefusedException(refusal) : Readings.OverTime(_source.Picture, withHeatmap: false);
    }

    private sealed class Source : IPictureSource
    {
        private readonly FaceFollower _faces;

        public Source(FaceFollower faces, EmotionModel model) => (_faces, Picture) = (faces, new Picture(this, model));

        public Picture Picture { get; }

        public byte[] Bytes { get; set; } = [];

        public double Seconds { get; set; }

        public PictureOutcome Outcome { get; private set; }

        public PicturePriority Priority => PicturePriority.Live;

        public StageNames Stages => Telemetry.Stages.Frame;

        public long ReceivedAt { get; } = TimeProvider.System.GetTimestamp();

        public PictureResult Decode(PictureDecoder decoder, GrayImage image, out int width, out int height)
        {
            var result = decoder.Decode(Bytes, image);
            (width, height) = (decoder.OriginalWidth, decoder.OriginalHeight);
            return result;
        }

        public ReadOnlySpan<TrackedFace> Find(FaceDetector detector, GrayImage image) => _faces.Find(detector, image, Seconds);

        public RecurrentState StateOf(int faceId) => _faces.StateOf(faceId);

        public void Answer(PictureOutcome outcome) => Outcome = outcome;
    }
}
