using EmotionStream.Faces;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Tools.Evaluation.Pictures;

namespace EmotionStream.Tools.Evaluation.Faces;

/// <summary>Runs one detector over all pictures, at their own size, through the server's <see cref="FaceDetector"/>.</summary>
internal sealed class FaceEvaluation(FaceDetectorModel model, double threshold)
{
    /// <summary>The false boxes a picture at which recall is reported.</summary>
    public const double FalseRate = 0.1;

    // Average precision needs the low scores too (models/training/face/evaluate.py, FLOOR).
    private const double LeastScore = 0.02;

    // More than any picture has faces and doubts.
    private const int MostFaces = 1000;

    public DetectorFigures Run(FaceData data, ProgressLine progress)
    {
        var results = Detect(data, progress);
        var negatives = results.Where(result => result.Picture.Source == "negative").ToArray();
        var falseFaces = negatives.Select(result => result.Found.Count(face => face.Score >= threshold)).ToArray();
        return new DetectorFigures(
            ModelFile.Of(model.Path),
            model.Close is { } close ? ModelFile.Of(close.Path) : null,
            [.. FaceGroup.All.Select(group => Figures(group.Name, group.Measure(results)))],
            negatives.Length,
            falseFaces.Count(count => count == 0) / (double)Math.Max(1, negatives.Length),
            falseFaces.DefaultIfEmpty().Average(),
            PointFigures.Of(PointErrors.Of(results, soundOnly: true)),
            PointFigures.Of(PointErrors.Of(results, soundOnly: false)),
            DetectorTimer.Whole(model, 320, 256),
            DetectorTimer.Whole(model, 160, 128),
            DetectorTimer.Known(model, 320, 256));
    }

    private DetectedPicture[] Detect(FaceData data, ProgressLine progress)
    {
        // No picture is scaled down by the decoder; sizes are those of the annotations.
        var decoding = new VisionOptions { WorkingSide = int.MaxValue };
        var reader = new PictureReader(decoding);
        using var detector = new FaceDetector(model, new VisionOptions { DetectionThreshold = LeastScore, MaxFaces = MostFaces });
        var image = new GrayImage();
        return [.. data.Pictures.Select(picture =>
        {
            reader.Read(ZipBytes.Of(picture.File), picture.File.FullName, image);
            var found = detector.Detect(image).ToArray();
            progress.Advance();
            return new DetectedPicture(picture, found);
        })];
    }

    private GroupFigures Figures(string name, DetectionOutcome outcome) =>
        new(name, outcome.Faces, outcome.AveragePrecision, outcome.RecallAtFalseRate(FalseRate), outcome.RecallAt(threshold), outcome.MeanOverlap);
}
