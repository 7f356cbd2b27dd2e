using EmotionStream.Faces.Decoding;
using OpenCvSharp;

namespace EmotionStream.Faces.Cropping;

/// <summary>Cuts a face out of a picture the way FER+ shows faces: 48x48, level, filled from forehead to chin.</summary>
/// <remarks>Owned by one worker; not thread-safe. Each pixel is the mean of four of a cut twice as large, so that fine patterns don't glitter.</remarks>
internal sealed class FaceCropper
{
    /// <summary>The bytes of one crop.</summary>
    public const int CropBytes = CropGeometry.Side * CropGeometry.Side;

    private readonly SquareCutter _cutter = new(2 * CropGeometry.Side, coarsest: 1);
    private readonly GrayImage _halved = new();

    public FaceCropper() => _halved.Resize(CropGeometry.Side, CropGeometry.Side);

    /// <summary>Writes the crop of one face, row by row; outside the picture its edge pixels go on.</summary>
    public void Crop(GrayImage image, in DetectedFace face, Span<byte> crop)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(crop.Length, CropBytes);
        _cutter.Cut(image, CropGeometry.Of(face));
        using var twice = new Matrix(_cutter.Pixels);
        using var once = new Matrix(_halved);
        OpenCv.Resize(twice, once, InterpolationFlags.Area);
        _halved.Pixels.CopyTo(crop);
    }
}
