using System.Numerics;
using EmotionStream.Faces;
using EmotionStream.Faces.Cropping;
using EmotionStream.Faces.Decoding;

namespace EmotionStream.Tests.Vision;

public sealed class FaceCropperTests
{
    private const int Side = CropGeometry.Side;

    private readonly FaceCropper _cropper = new();
    private readonly byte[] _crop = new byte[FaceCropper.CropBytes];

    public static TheoryData<float, float> Sizes
    {
        get
        {
            var data = new TheoryData<float, float>();
            foreach (var size in (float[])[20, 40, 48, 60, 96, 97, 150, 230])
            {
                foreach (var degrees in (float[])[0, 12, -35])
                {
                    data.Add(size, degrees);
                }
            }

            return data;
        }
    }

    /// <summary>A picture whose brightness says where one is shows, pixel by pixel, where the crop was taken.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Crop_SlopingPicture_ShowsThePlaceItWasTakenFrom(float size, float degrees)
    {
        foreach (var (slopeX, slopeY) in ((float, float)[])[(0.6f, 0), (0, 0.8f)])
        {
            var image = Picture(320, 240, (x, y) => 20 + (slopeX * x) + (slopeY * y));
            var face = Face(new Vector2(160, 120), size, degrees);
            var geometry = CropGeometry.Of(face);

            _cropper.Crop(image, face, _crop);

            for (var i = 0; i < _crop.Length; i++)
            {
                var at = geometry.Corner + (geometry.Right * ((i % Side) + 0.5f) / Side) + (geometry.Down * ((i / Side) + 0.5f) / Side);
                if (at.X is > 6 and < 314 && at.Y is > 6 and < 234)
                {
                    Assert.InRange(_crop[i], 20 + (slopeX * (at.X - 0.5f)) + (slopeY * (at.Y - 0.5f)) - 1.5f, 20 + (slopeX * (at.X - 0.5f)) + (slopeY * (at.Y - 0.5f)) + 1.5f);
                }
            }
        }
    }

    [Theory]
    [InlineData(30, 0)]
    [InlineData(80, 20)]
    [InlineData(200, -30)]
    public void Of_FaceWithPoints_PutsThemWhereTrainingFacesHaveThem(float size, float degrees)
    {
        var face = Face(new Vector2(100, 90), size, degrees);

        var geometry = CropGeometry.Of(face);

        AssertAt(new Vector2(15.3f, 18.1f), InCrop(geometry, face.Points!.Value.RightEye));
        AssertAt(new Vector2(32.7f, 18.1f), InCrop(geometry, face.Points!.Value.LeftEye));
        AssertAt(new Vector2(24, 27.7f), InCrop(geometry, face.Points!.Value.Nose));
        AssertAt(new Vector2(31.4f, 35.9f), InCrop(geometry, face.Points!.Value.LeftMouth));
    }

    [Fact]
    public void Of_FaceWithoutPoints_PutsItsBoxWhereTrainingFacesHaveIt()
    {
        var geometry = CropGeometry.Of(new DetectedFace(new FaceBox(100, 50, 80, 96), null, 1));

        Assert.Equal((96f, 0f, 0f, 96f), (geometry.Right.X, geometry.Right.Y, geometry.Down.X, geometry.Down.Y));
        AssertAt(new Vector2(24, 25.3f), InCrop(geometry, new Vector2(140, 98)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(35)]
    [InlineData(-20)]
    public void Leaning_AroundALeaningFace_LeansWithIt(float degrees)
    {
        var geometry = CropGeometry.Leaning(new Vector2(70, 60), 40, Face(new Vector2(100, 90), 80, degrees).Points);

        var (sine, cosine) = MathF.SinCos(degrees * MathF.PI / 180);
        AssertAt(new Vector2(40 * cosine, 40 * sine), geometry.Right);
        AssertAt(new Vector2(-40 * sine, 40 * cosine), geometry.Down);
        AssertAt(new Vector2(70, 60), geometry.Corner + ((geometry.Right + geometry.Down) / 2));
    }

    [Fact]
    public void Leaning_AroundPointsThatTellNothing_IsUpright()
    {
        var upright = CropGeometry.Leaning(new Vector2(70, 60), 40, null);
        var (eye, other, nose, mouth, corner) = Face(new Vector2(100, 90), 80, 180).Points!.Value;
        foreach (var points in (FacePoints[])[new(eye, other, nose, mouth, corner), new(nose, nose, nose, nose, nose), new(new Vector2(float.NaN), other, nose, mouth, corner)])
        {
            Assert.Equal(upright, CropGeometry.Leaning(new Vector2(70, 60), 40, points));
        }

        Assert.Equal(new Vector2(50, 40), upright.Corner);
    }

    public static TheoryData<string, object> Implausible
    {
        get
        {
            var (eye, other, nose, mouth, corner) = Face(new Vector2(100, 100), 100, 0).Points!.Value;
            return new TheoryData<string, object>
            {
                { "upside down", new FacePoints(other, eye, nose, corner, mouth) with { RightMouth = eye, LeftMouth = other, RightEye = corner, LeftEye = mouth } },
                { "on one spot", new FacePoints(nose, nose, nose, nose, nose) },
                { "far too small", Face(new Vector2(100, 100), 30, 0).Points!.Value },
                { "far too large", Face(new Vector2(100, 100), 300, 0).Points!.Value },
                { "scattered", new FacePoints(mouth, other, new Vector2(180, 20), eye, corner) },
                { "no numbers", new FacePoints(new Vector2(float.NaN), other, nose, mouth, corner) },
                { "infinite", new FacePoints(new Vector2(float.PositiveInfinity), other, nose, mouth, corner) },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Implausible))]
    public void Of_ImplausiblePoints_FallsBackToTheBox(string kind, object points)
    {
        var face = Face(new Vector2(100, 100), 100, 0);

        var geometry = CropGeometry.Of(face with { Points = (FacePoints)points });

        Assert.True(geometry == CropGeometry.Of(face with { Points = null }), kind);
    }

    [Fact]
    public void Crop_FaceOverTheEdge_ContinuesTheEdge()
    {
        var image = Picture(64, 64, (x, _) => x < 32 ? 50 : 200);

        _cropper.Crop(image, new DetectedFace(new FaceBox(-200, -100, 200, 200), null, 1), _crop);
        Assert.All(_crop, pixel => Assert.Equal(50, pixel));

        _cropper.Crop(image, new DetectedFace(new FaceBox(50, 20, 40, 40), null, 1), _crop);
        Assert.All(_crop, pixel => Assert.Equal(200, pixel));
    }

    [Fact]
    public void Crop_FineCheckerboard_AveragesInsteadOfGlittering()
    {
        var image = Picture(320, 240, (x, y) => ((int)x + (int)y) % 2 == 0 ? 0 : 200);

        _cropper.Crop(image, Face(new Vector2(160, 120), 200, 7), _crop);

        Assert.All(_crop, pixel => Assert.InRange(pixel, 98, 102));
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(float.NaN, 0, 40, 40)]
    [InlineData(1e30f, 0, 40, 40)]
    [InlineData(0, 0, 1e30f, 1e30f)]
    [InlineData(0, 0, 1e-30f, 1e-30f)]
    [InlineData(0, 0, -40, -40)]
    [InlineData(-5000, -5000, 6000, 6000)]
    [InlineData(31, 31, 0.01f, 0.01f)]
    public void Crop_BoxOfAnyKindInPictureOfAnySize_NeverThrows(float x, float y, float width, float height)
    {
        foreach (var (w, h) in ((int, int)[])[(1, 1), (1, 64), (64, 1), (2, 3), (64, 48)])
        {
            _cropper.Crop(Picture(w, h, (_, _) => 7), new DetectedFace(new FaceBox(x, y, width, height), null, 1), _crop);

            Assert.All(_crop, pixel => Assert.True(pixel is 0 or 7));
        }
    }

    [Fact]
    public void Crop_RandomFaces_StayWithinThePicturesOwnBrightness()
    {
        var random = new Random(2);
        var image = Picture(160, 120, (_, _) => random.Next(60, 190));
        for (var i = 0; i < 2000; i++)
        {
            var place = new Vector2(random.Next(-100, 260), random.Next(-100, 220));
            _cropper.Crop(image, Face(place, (float)(2 + (300 * random.NextDouble())), random.Next(-45, 45)), _crop);

            Assert.True(_crop.Min() >= 60 && _crop.Max() < 190);
        }
    }

    [Fact]
    public void Crop_Always_AllocatesNothing()
    {
        var image = Picture(320, 240, (x, _) => x / 2);
        var face = Face(new Vector2(160, 120), 220, 5);
        _cropper.Crop(image, face, _crop);
        var before = GC.GetAllocatedBytesForCurrentThread();

        _cropper.Crop(image, face, _crop);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    /// <summary>A face of the average proportions, turned about its center.</summary>
    private static DetectedFace Face(Vector2 center, float size, float degrees)
    {
        var turn = Matrix3x2.CreateRotation(degrees * MathF.PI / 180);
        Vector2 Place(float x, float y) => center + Vector2.Transform((new Vector2(x, y) - new Vector2(24, 25.3f)) * size / Side, turn);
        var points = new FacePoints(Place(15.3f, 18.1f), Place(32.7f, 18.1f), Place(24, 27.7f), Place(16.6f, 35.9f), Place(31.4f, 35.9f));
        return new DetectedFace(new FaceBox(center.X - (0.4f * size), center.Y - (size / 2), 0.8f * size, size), points, 0.9f);
    }

    private static Vector2 InCrop(in CropGeometry geometry, Vector2 point) => new(
        Side * Vector2.Dot(point - geometry.Corner, geometry.Right) / geometry.Right.LengthSquared(),
        Side * Vector2.Dot(point - geometry.Corner, geometry.Down) / geometry.Down.LengthSquared());

    private static void AssertAt(Vector2 expected, Vector2 actual) =>
        Assert.True(Vector2.Distance(expected, actual) < 0.05f, $"{actual} instead of {expected}");

    private static GrayImage Picture(int width, int height, Func<float, float, double> brightness)
    {
        var image = new GrayImage();
        image.Resize(width, height);
        for (var i = 0; i < width * height; i++)
        {
            image.Pixels[i] = (byte)brightness(i % width, i / width);
        }

        return image;
    }
}
