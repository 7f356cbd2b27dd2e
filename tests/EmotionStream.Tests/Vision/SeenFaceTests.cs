using System.Numerics;
using EmotionStream.Faces;
using EmotionStream.Faces.Detection;

namespace EmotionStream.Tests.Vision;

public sealed class SeenFaceTests
{
    private static readonly FaceBox Surest = new(100, 100, 40, 50);

    [Fact]
    public void Mean_CellsThatAgree_CountByTheirScores()
    {
        var face = new SeenFace(Surest, PointsAt(110), 0.9f);

        face.Hear(new FaceBox(104, 96, 44, 54), PointsAt(116), 0.6f);

        Assert.Equal(new FaceBox(101.6f, 98.4f, 41.6f, 51.6f), Rounded(face.Mean.Box));
        Assert.Equal(112.4f, face.Mean.Points!.Value.Nose.X, 0.001f);
        Assert.Equal(0.9f, face.Mean.Score);
    }

    [Fact]
    public void Mean_CellThatSeesAPartOfTheFace_IsNotHeard()
    {
        var face = new SeenFace(Surest, PointsAt(110), 0.9f);

        face.Hear(new FaceBox(100, 100, 20, 25), PointsAt(105), 0.8f);

        Assert.Equal(Surest, face.Mean.Box);
    }

    [Fact]
    public void Mean_CellWhosePointsAreNoNumbers_SpoilsNothing()
    {
        var face = new SeenFace(Surest, PointsAt(110), 0.9f);

        face.Hear(Surest, PointsAt(float.NaN), 0.8f);
        face.Hear(Surest, PointsAt(float.PositiveInfinity), 0.8f);

        Assert.Equal(110, face.Mean.Points!.Value.LeftEye.X, 0.001f);
    }

    private static FacePoints PointsAt(float place)
    {
        var point = new Vector2(place, 120);
        return new FacePoints(point, point, point, point, point);
    }

    private static FaceBox Rounded(in FaceBox box) =>
        new(MathF.Round(box.X, 3), MathF.Round(box.Y, 3), MathF.Round(box.Width, 3), MathF.Round(box.Height, 3));
}
