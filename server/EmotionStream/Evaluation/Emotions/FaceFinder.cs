using EmotionStream.Evaluation.Pictures;
using EmotionStream.Frames;
using EmotionStream.Vision;

namespace EmotionStream.Evaluation.Emotions;

/// <summary>Finds the face in a picture and cuts it out as the server does with a frame.</summary>
internal sealed class FaceFinder(FaceDetectorModel model, VisionOptions options, CropManner manner) : IDisposable
{
    // Smaller pictures are ready-made crops, not photographs: FER+ has 48 pixels, a webcam frame at least 160.
    private const int LeastFrameSide = 128;

    private readonly FaceDetector _detector = new(model, options);
    private readonly FaceCropper _cropper = new();
    private readonly GreyImage _frame = new();

    /// <summary>The crop of the face that the detector is surest of; null where it finds none.</summary>
    public byte[]? Crop(GreyImage picture)
    {
        var frame = FrameOf(picture);
        var faces = _detector.Detect(frame);
        if (faces.IsEmpty)
        {
            return null;
        }

        var crop = new byte[FaceCropper.CropBytes];
        _cropper.Crop(frame, manner.UsesPoints ? faces[0] : faces[0] with { Points = null }, crop);
        return crop;
    }

    public void Dispose() => _detector.Dispose();

    private GreyImage FrameOf(GreyImage picture)
    {
        var side = Math.Max(picture.Width, picture.Height);
        if (side < LeastFrameSide)
        {
            FrameCanvas.Fill(picture, _frame, manner.Roll);
            return _frame;
        }

        // A JPEG has been decoded to between one and two working sides; a PNG comes as large as it is.
        if (side < 2 * options.WorkingSide)
        {
            return picture;
        }

        var scale = (double)options.WorkingSide / side;
        AreaResizer.Resize(picture, _frame, Scaled(picture.Width, scale), Scaled(picture.Height, scale));
        return _frame;
    }

    private static int Scaled(int side, double scale) => Math.Max(1, (int)Math.Round(side * scale));
}
