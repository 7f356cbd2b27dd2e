using EmotionStream.Contracts;
using EmotionStream.Faces;
using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Tracking;
using EmotionStream.Tests.Kit;
using EmotionStream.Tools.Evaluation.Pictures;

namespace EmotionStream.Tests.Vision;

public sealed class FaceSearchTests : IDisposable
{
    private readonly VisionOptions _options = new();
    private readonly FaceDetectorModel _model = new(new VisionOptions());
    private readonly FaceDetector _detector;
    private readonly PictureDecoder _decoder = PictureDecoder.ForFrames(new VisionOptions());
    private readonly GrayImage _image = new();

    public FaceSearchTests() => _detector = new FaceDetector(_model, _options);

    public void Dispose()
    {
        _detector.Dispose();
        _model.Dispose();
    }

    [Theory]
    [InlineData(0.5, 0.5, 120)]
    [InlineData(0.2, 0.3, 100)]
    [InlineData(0.9, 0.8, 140)] // at the picture's edge, which goes on outside
    [InlineData(0.5, 0.5, 260)]
    [InlineData(0.5, 0.5, 420)] // fills the frame
    public void TryFollow_FindsTheFaceWhereTheWholeFramesSearchDoes(double x, double y, int side)
    {
        Decode(TestPictures.Face("happy", x, y, side));
        var whole = Assert.Single(_detector.Detect(_image).ToArray());

        Assert.True(_detector.TryFollow(_image, whole, out var followed));

        Assert.InRange(followed.Box.Overlap(whole.Box), 0.75f, 1f);
        var eyes = (whole.Points!.Value.LeftEye - whole.Points.Value.RightEye).Length();
        Assert.InRange((followed.Points!.Value.Nose - whole.Points.Value.Nose).Length(), 0, 0.15f * eyes);
    }

    [Fact]
    public void TryFollow_WhereNobodyIsAnyMore_SaysSo()
    {
        Decode(TestPictures.Face("happy", 0.2, 0.5, 160));
        var whole = Assert.Single(_detector.Detect(_image).ToArray());
        Decode(TestPictures.Face("happy", 0.8, 0.5, 160));

        Assert.False(_detector.TryFollow(_image, whole, out _));
    }

    [Fact]
    public void Find_AMovingFace_KeepsItsIdWhetherFollowedOrSearchedFor()
    {
        var search = new FaceSearch(_options);
        HashSet<int> ids = [];
        for (var frame = 0; frame < 20; frame++)
        {
            Decode(TestPictures.Face("neutral", 0.2 + (0.03 * frame), 0.5, 160));
            ids.Add(Assert.Single(search.Find(_detector, _image, frame / 15.0).ToArray()).Id);
        }

        Assert.Single(ids);
    }

    /// <summary>Real faces, one in shade behind others, another in sunglasses: none comes and goes, and none changes its number.</summary>
    [Fact]
    public void Find_FivePeopleBeforeAPanningCamera_KeepTheirNumbers()
    {
        Decode(File.ReadAllBytes(SharedData.File("media", "multi_face.jpg")));
        var (small, seen) = (new GrayImage(), new GrayImage());
        AreaResizer.Resize(_image, small, _image.Width / 2, _image.Height / 2);
        var search = new FaceSearch(_options);
        HashSet<int> ids = [];
        for (var frame = 0; frame < 45; frame++)
        {
            Pan(small, (int)(15 * Math.Sin(frame / 5.0)), seen);
            var faces = search.Find(_detector, seen, frame / 15.0).ToArray();
            Assert.Equal(5, faces.Length);
            ids.UnionWith(faces.Select(face => face.Id));
        }

        Assert.Equal(5, ids.Count);
    }

    [Fact]
    public void Find_ANewFaceBesideAKnownOne_ShowsWithinThreeTenthsOfASecond()
    {
        var search = new FaceSearch(_options);
        Decode(TestPictures.Face("neutral", 0.25, 0.5, 160));
        search.Find(_detector, _image, 0);
        Decode(TestPictures.Faces(640, 480, ("neutral", 0.25, 0.5, 160), ("happy", 0.75, 0.5, 160)));

        var firstSeen = Enumerable.Range(1, 30).Select(frame => frame / 30.0).First(at => search.Find(_detector, _image, at).Length == 2);

        Assert.InRange(firstSeen, 0, 0.3);
    }

    [Fact]
    public void Find_WhileNothingElseChanges_SearchesEverythingEveryTwoSeconds()
    {
        var search = new FaceSearch(_options);
        for (var frame = 0; frame < 60; frame++)
        {
            // The face moves and breathes; the wall behind it does not.
            Decode(TestPictures.Face("neutral", 0.5 + (0.004 * (frame % 5)), 0.5, 160));
            Assert.Single(search.Find(_detector, _image, frame / 10.0).ToArray());
        }

        Assert.InRange(_detector.Searches, 3, 4);
    }

    [Fact]
    public void Find_WhileSomethingElseMoves_SearchesEverythingAtItsInterval()
    {
        var search = new FaceSearch(_options);
        for (var frame = 0; frame < 30; frame++)
        {
            Decode(TestPictures.Face("neutral", 0.25, 0.5, 160));
            Fill(_image, 240, 20, 40, (byte)(60 * (frame % 5)));
            search.Find(_detector, _image, frame / 10.0);
        }

        Assert.InRange(_detector.Searches, 9, 10);
    }

    [Theory]
    [InlineData(double.PositiveInfinity, 32)] // keeps up: what changes is looked at
    [InlineData(15, 11)]
    [InlineData(2.5, 3)]
    [InlineData(1, 3)] // at least every five seconds
    public void Find_TheFewerFramesAFullServerMeasures_TheFewerAreSearchedWhole(double share, int searches)
    {
        var search = new FaceSearch(_options);
        Decode(TestPictures.Face("neutral", 0.25, 0.5, 160));
        for (var frame = 0; frame < 32; frame++)
        {
            Fill(_image, 200, 30, 60, (byte)(200 * (frame % 2)));
            search.Find(_detector, _image, frame * 0.4, share);
        }

        Assert.Equal(searches, _detector.Searches);
    }

    [Fact]
    public void Find_InAnEmptyPicture_SearchesOnceASecond()
    {
        var search = new FaceSearch(_options);
        Decode(TestPictures.Empty());
        for (var frame = 0; frame < 30; frame++)
        {
            Assert.Empty(search.Find(_detector, _image, frame / 10.0).ToArray());
        }

        Assert.Equal(3, _detector.Searches);
    }

    [Fact]
    public void Find_SomebodyWhoComesIntoAnEmptyPicture_IsSeenAtOnce()
    {
        var search = new FaceSearch(_options);
        Decode(TestPictures.Empty());
        Assert.Empty(search.Find(_detector, _image, 0).ToArray());
        Assert.Empty(search.Find(_detector, _image, 0.05).ToArray());

        Decode(TestPictures.Face("neutral", 0.5, 0.5, 160));

        Assert.Single(search.Find(_detector, _image, 0.1).ToArray());
        Assert.Equal(2, _detector.Searches);
    }

    [Fact]
    public void Find_AFaceThatJumps_IsStillInTheSameFramesAnswer()
    {
        var search = new FaceSearch(_options);
        Decode(TestPictures.Face("neutral", 0.2, 0.5, 160));
        search.Find(_detector, _image, 0);
        Decode(TestPictures.Face("neutral", 0.8, 0.5, 160));

        var faces = search.Find(_detector, _image, 0.05);

        Assert.InRange(Assert.Single(faces.ToArray()).Face.Box.CenterX, 220, 290);
    }

    /// <summary>The average faces of the demo look at the camera, whatever they express.</summary>
    [Theory]
    [InlineData("happy")]
    [InlineData("surprise")]
    [InlineData("angry")]
    public void Detect_AnAverageFace_FacesWhereTheNeutralOneDoes(string emotion)
    {
        var neutral = PoseOf("neutral");
        var pose = PoseOf(emotion);

        Assert.InRange(pose.Yaw, neutral.Yaw - 5, neutral.Yaw + 5);
        Assert.InRange(pose.Pitch, neutral.Pitch - 12, neutral.Pitch + 12);
        Assert.InRange(pose.Roll, neutral.Roll - 5, neutral.Roll + 5);
    }

    [Fact]
    public void Find_WithoutATime_StillLooks()
    {
        var search = new FaceSearch(_options);
        Decode(TestPictures.Face("neutral"));

        Assert.Single(search.Find(_detector, _image, double.NaN).ToArray());
        Assert.Single(search.Find(_detector, _image, double.NaN).ToArray());
    }

    private static void Fill(GrayImage image, int left, int top, int side, byte gray)
    {
        for (var y = top; y < top + side; y++)
        {
            image.Row(y).Slice(left, side).Fill(gray);
        }
    }

    /// <summary>The picture moved to the right; its edge goes on.</summary>
    private static void Pan(GrayImage from, int by, GrayImage to)
    {
        to.Resize(from.Width, from.Height);
        for (var y = 0; y < from.Height; y++)
        {
            for (var x = 0; x < from.Width; x++)
            {
                to.Row(y)[x] = from.Row(y)[Math.Clamp(x - by, 0, from.Width - 1)];
            }
        }
    }

    private HeadPose PoseOf(string emotion)
    {
        Decode(TestPictures.Face(emotion));
        return PoseSolver.Of(Assert.Single(_detector.Detect(_image).ToArray()).Points)!;
    }

    private void Decode(byte[] jpeg) => Assert.Equal(PictureResult.Decoded, _decoder.Decode(jpeg, _image));
}
