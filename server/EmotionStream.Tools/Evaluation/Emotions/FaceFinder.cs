using EmotionStream.Faces;
using EmotionStream.Faces.Cropping;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Tools.Evaluation.Pictures;

namespace EmotionStream.Tools.Evaluation.Emotions;

/// <summary>Finds the face in a picture and cuts it out as the server does with a frame.</summary>
internal sealed class FaceFinder(FaceDetectorModel model, VisionOptions options, CropManner manner) : IDisposable
{
    // Smaller pictures are ready-made crops, not photographs: FER+ has 48 pixels, a webcam frame at least 160.
    private const int LeastFrameSide = 128;

    private readonly FaceDetector _detector = new(model, options);
    private readonly FaceCropper _cropper = new();
    private readonly GrayImage _frame = new();

    /// <summary>The crop of the face that the detector is surest of; null where it finds none.</summary>
    public byte[]? Crop(GrayImage picture)
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

    /// <summary>A photograph has been decoded to about the working side.</summary>
    private GrayImage FrameOf(GrayImage picture)
    {
        if (Math.Max(picture.Width, picture.Height) >= LeastFrameSide)
        {
            return picture;
        }

        FrameCanvas.Fill(picture, _frame, manner.Roll);
        return _frame;
    }
}
