using System.Numerics;
using EmotionStream.Contracts;
using EmotionStream.Faces.Pipeline;
using EmotionStream.Faces.Stills;

namespace EmotionStream.Api.Pictures;

/// <summary>Turns a measured picture into the compatible interfaces' words.</summary>
internal static class SevenReadings
{
    /// <summary>Every face, the surest first.</summary>
    public static IReadOnlyList<SevenReading> Of(Still still) => [.. still.Picture.Faces.Select(sample => Of(still.Picture, sample))];

    /// <summary>The main face, by score times area; null when there is none.</summary>
    public static SevenReading? OfMainFace(Still still) =>
        still.Picture.Faces.MaxBy(sample => sample.Face.Face.Prominence) is { } sample ? Of(still.Picture, sample) : null;

    private static SevenReading Of(Picture picture, FaceSample sample)
    {
        var face = sample.Face.Face;
        var scale = new Vector2(picture.ScaleX * picture.Width, picture.ScaleY * picture.Height);
        var percent = SevenEmotions.Percent(sample.Reading.Still);
        // A region is there to be cut out, so it ends where the picture does.
        var corner = Inside(new Vector2(face.Box.X, face.Box.Y) * scale, picture);
        var end = Inside(new Vector2(face.Box.X + face.Box.Width, face.Box.Y + face.Box.Height) * scale, picture);
        return new SevenReading(
            new FaceRegion(
                (int)corner.X, (int)corner.Y, (int)(end.X - corner.X), (int)(end.Y - corner.Y),
                Pixel(face.Points?.LeftEye, scale), Pixel(face.Points?.RightEye, scale)),
            Math.Round(face.Score, 4),
            percent,
            SevenEmotions.Dominant(percent));
    }

    private static Vector2 Inside(Vector2 place, Picture picture) =>
        Vector2.Clamp(Vector2.Round(place), Vector2.Zero, new Vector2(picture.Width, picture.Height));

    private static int[]? Pixel(Vector2? place, Vector2 scale) =>
        place is { } known ? [(int)MathF.Round(known.X * scale.X), (int)MathF.Round(known.Y * scale.Y)] : null;
}
