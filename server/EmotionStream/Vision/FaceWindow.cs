using System.Numerics;
using EmotionStream.Frames;

namespace EmotionStream.Vision;

/// <summary>A part of a picture, possibly shrunk: where it lies and how many of the picture's pixels one of its own covers.</summary>
internal readonly record struct FaceWindow(GreyImage Image, Vector2 Corner, float Scale)
{
    /// <summary>A face found in the window, in pixels of the picture.</summary>
    public DetectedFace InPicture(in DetectedFace face)
    {
        var box = face.Box;
        return new DetectedFace(
            new FaceBox(Corner.X + (Scale * box.X), Corner.Y + (Scale * box.Y), Scale * box.Width, Scale * box.Height),
            face.Points is { } points ? InPicture(points) : null,
            face.Score);
    }

    private FacePoints InPicture(in FacePoints points) => new(
        Corner + (Scale * points.RightEye), Corner + (Scale * points.LeftEye), Corner + (Scale * points.Nose),
        Corner + (Scale * points.RightMouth), Corner + (Scale * points.LeftMouth));
}
