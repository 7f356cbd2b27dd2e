using System.Numerics;
using EmotionStream.Frames;

namespace EmotionStream.Vision;

/// <summary>Cuts a small picture around a known face, in which the detector finds it again at a fraction of the whole frame's cost.</summary>
/// <remarks>Owned by one detector; what it cuts is overwritten by the next cut.</remarks>
internal sealed class FaceWindows
{
    // 128x128 is a fifth of 320x256 and leaves a face of at most 64 pixels as much room again to move in.
    private const int Side = 128;
    private const float LargestFace = 64;

    // No working picture is wider, whatever size a model gives its boxes.
    private const int MostReach = 4096;

    private readonly ImageHalver _halver = new();
    private readonly GreyImage _cut = new();

    /// <summary>A square around the face, halved until the face is small enough; at the picture's edge it moves inwards.</summary>
    public FaceWindow Cut(GreyImage image, in FaceBox face)
    {
        var centre = new Vector2(face.CentreX, face.CentreY);
        var corner = Vector2.Zero;
        var scale = 1;
        for (var reach = Reach(face); reach > Side && image.Width > 1 && image.Height > 1; reach /= 2)
        {
            var around = new CropGeometry(centre - new Vector2(reach / 2f), new Vector2(reach, 0), new Vector2(0, reach));
            var (halved, geometry) = _halver.Halve(image, around);
            var moved = geometry.Corner + new Vector2(reach / 4f);
            corner += scale * (centre - (2 * moved));
            (image, centre, scale) = (halved, moved, 2 * scale);
        }

        var width = Math.Min(Side, image.Width);
        var height = Math.Min(Side, image.Height);
        var left = Math.Clamp((int)(centre.X - (width / 2f)), 0, image.Width - width);
        var top = Math.Clamp((int)(centre.Y - (height / 2f)), 0, image.Height - height);
        _cut.Resize(width, height);
        for (var y = 0; y < height; y++)
        {
            image.Row(top + y).Slice(left, width).CopyTo(_cut.Row(y));
        }

        return new FaceWindow(_cut, corner + (scale * new Vector2(left, top)), scale);
    }

    /// <summary>The window's side in pixels of the picture: as often twice the cut's as makes the face small enough.</summary>
    private static int Reach(in FaceBox face)
    {
        var reach = Side;
        for (var size = Math.Max(face.Width, face.Height); size > LargestFace && reach < MostReach; size /= 2)
        {
            reach *= 2;
        }

        return reach;
    }
}
