using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Telemetry;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Makes the analyzer of a new worker.</summary>
internal sealed class PictureAnalyzerFactory(
    FaceDetectorModel model, SampleQueue samples, EmotionStreamMetrics metrics, TimeProvider time, ILogger<PictureAnalyzer> logger)
{
    /// <summary>For frames of cameras: JPEG only, as they are stored.</summary>
    public PictureAnalyzer ForFrames(VisionOptions options) => Create(PictureDecoder.ForFrames(options), options);

    /// <summary>For pictures as people have them.</summary>
    public PictureAnalyzer ForPictures(VisionOptions options) => Create(new PictureDecoder(options), options);

    private PictureAnalyzer Create(PictureDecoder decoder, VisionOptions options) =>
        new(decoder, new FaceDetector(model, options), samples, metrics, time, logger);
}
