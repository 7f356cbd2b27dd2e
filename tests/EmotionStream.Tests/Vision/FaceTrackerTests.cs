using EmotionStream.Faces;
using EmotionStream.Faces.Tracking;

namespace EmotionStream.Tests.Vision;

public sealed class FaceTrackerTests
{
    private const double Frame = 1 / 15.0;

    private readonly FaceTracker _tracker = new(new VisionOptions());

    [Fact]
    public void Update_NewFaceOfHighScore_IsReportedAtOnce()
    {
        var face = Assert.Single(Update(0, At(100, 100)));

        Assert.Equal((1, 0.0, 0.0), (face.Id, face.Age, face.Elapsed));
    }

    [Fact]
    public void Update_NewFaceOfLowScore_IsReportedAtItsSecondSighting()
    {
        Assert.Empty(Update(0, At(100, 100, score: 0.62f)));

        var face = Assert.Single(Update(Frame, At(101, 100, score: 0.62f)));

        Assert.Equal((0.0, 0.0), (face.Age, face.Elapsed));
    }

    [Fact]
    public void Update_FlickerOfLowScore_NeverGetsAnId()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Empty(i % 2 == 0 ? Update(i * Frame, At(100, 100, score: 0.62f)) : Update(i * Frame));
        }

        Assert.Equal(1, Assert.Single(Update(2, At(200, 100))).Id);
    }

    [Fact]
    public void Update_AgeAndElapsed_TellTheTimeSinceFirstAndLastSeen()
    {
        Update(10, At(100, 100));
        Update(10.1, At(100, 100));

        var face = Assert.Single(Update(10.4, At(100, 100)));

        Assert.Equal(0.4, face.Age, 6);
        Assert.Equal(0.3, face.Elapsed, 6);
    }

    // Positions in pixels at a time in seconds, of a face 60 pixels wide.
    public static TheoryData<string, Func<double, (double X, double Y)>> Motions => new()
    {
        { "still", _ => (160, 120) },
        { "walking across", t => (20 + (140 * t), 120) },
        { "running across", t => (20 + (400 * t), 120) },
        { "speeding up", t => (20 + (150 * t * t), 100) },
        { "swaying", t => (160 + (60 * Math.Sin(4 * t)), 120) },
        { "nodding fast", t => (160, 120 + (20 * Math.Sin(2 * Math.PI * 2 * t))) },
        { "turning back at once", t => (20 + (Math.Abs(1 - t) * 250), 120) },
        { "jumping by most of its size", t => (t < 1 ? 100 : 145, 120) },
    };

    [Theory]
    [MemberData(nameof(Motions))]
    public void Update_OneMovingFace_KeepsItsIdAndItsBoxStaysClose(string motion, Func<double, (double X, double Y)> path)
    {
        var random = new Random(3);
        for (var t = 0.0; t < 2; t += Frame)
        {
            var (x, y) = path(t);
            var face = Assert.Single(Update(t, At(x + Noise(random), y + Noise(random))));

            Assert.True(face.Id == 1, motion);
            Assert.True(Math.Abs(face.Face.Box.CenterX - x) < 5 && Math.Abs(face.Face.Box.CenterY - y) < 5, $"{motion} at {t}: {face.Face.Box}");
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(30)]
    public void Update_WalkingFaceAtOtherFrameRates_KeepsItsId(int framesPerSecond)
    {
        for (var i = 0; i < 2 * framesPerSecond; i++)
        {
            var t = i / (double)framesPerSecond;
            Assert.Equal(1, Assert.Single(Update(t, At(20 + (140 * t), 120))).Id);
        }
    }

    [Fact]
    public void Update_StillFaceWithNoise_TremblesLessThanHalfAsMuch()
    {
        var random = new Random(7);
        var (seen, shown) = (new List<double>(), new List<double>());
        for (var i = 0; i < 300; i++)
        {
            var x = 160 + (0.6 * (random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2) * 1.73);
            seen.Add(x);
            shown.Add(Update(i * Frame, At(x, 120))[0].Face.Box.CenterX);
        }

        Assert.True(Step(shown) < Step(seen) / 2, $"{Step(shown)} against {Step(seen)}");

        static double Step(List<double> values) => values.Zip(values.Skip(1), (a, b) => Math.Abs(a - b)).Average();
    }

    [Fact]
    public void Update_EveryFifthDetectionMissing_KeepsTheId()
    {
        for (var i = 0; i < 60; i++)
        {
            var faces = i % 5 == 4 ? Update(i * Frame) : Update(i * Frame, At(20 + (4 * i), 120));
            Assert.All(faces, face => Assert.Equal(1, face.Id));
            Assert.Equal(i % 5 == 4 ? 0 : 1, faces.Length);
        }
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(1.0, true)]
    [InlineData(1.4, true)]
    [InlineData(1.6, false)]
    [InlineData(30, false)]
    public void Update_FaceHiddenForATime_KeepsItsIdWithinTheIdleTimeOnly(double hidden, bool keeps)
    {
        Update(0, At(100, 100));
        for (var t = Frame; t < hidden; t += Frame)
        {
            Assert.Empty(Update(t));
        }

        Assert.Equal(keeps ? 1 : 2, Assert.Single(Update(hidden, At(104, 102))).Id);
    }

    [Fact]
    public void Update_FaceLeavingAtTheEdge_ComesBackAsItself()
    {
        var t = 0.0;
        for (var x = 150.0; x > 10; x -= 10, t += Frame)
        {
            Update(t, At(x, 120));
        }

        for (var until = t + 1; t < until; t += Frame)
        {
            Update(t);
        }

        Assert.Equal(1, Assert.Single(Update(t, At(15, 120))).Id);
    }

    [Fact]
    public void Update_FaceGone_TellsOnceThatItsIdEnded()
    {
        Update(0, At(100, 100));
        Update(1);
        Assert.Empty(_tracker.Ended.ToArray());

        Update(1.6);
        Assert.Equal([1], _tracker.Ended.ToArray());

        Update(1.7);
        Assert.Empty(_tracker.Ended.ToArray());
    }

    [Fact]
    public void Update_AnotherFaceAcrossTheRoom_DoesNotInheritTheIdOfOneThatLeft()
    {
        Update(0, At(40, 120));
        Update(0.3);

        Assert.Equal(2, Assert.Single(Update(0.8, At(280, 120))).Id);
    }

    [Fact]
    public void Update_FaceOfFarOtherSizeInTheSamePlace_IsAnother()
    {
        Update(0, At(100, 100));

        Assert.Equal(2, Assert.Single(Update(Frame, At(100, 100, size: 180))).Id);
    }

    [Fact]
    public void Update_TenFacesWithNoiseAndMisses_KeepTenIds()
    {
        var random = new Random(11);
        for (var i = 0; i < 90; i++)
        {
            var faces = new List<DetectedFace>();
            var expected = new Dictionary<int, int>();
            for (var n = 0; n < 10; n++)
            {
                if (i == 0 || random.NextDouble() < 0.9)
                {
                    expected[n + 1] = faces.Count;
                    faces.Add(At(30 + (60 * (n % 5)) + (10 * Math.Sin((i * Frame * 3) + n)) + Noise(random), 50 + (100 * (n / 5)) + Noise(random), size: 44));
                }
            }

            // The order of detections says nothing of who is who.
            var shown = Update(i * Frame, i == 0 ? [.. faces] : [.. faces.OrderBy(_ => random.Next())]);

            Assert.Equal(faces.Count, shown.Length);
            Assert.All(shown, face => Assert.True(Math.Abs(faces[expected[face.Id]].Box.CenterX - face.Face.Box.CenterX) < 5));
        }

        Assert.Empty(_tracker.Ended.ToArray());
    }

    [Fact]
    public void Update_MoreFacesThanAllowed_TakesTheBestAndStaysBounded()
    {
        for (var i = 0; i < 200; i++)
        {
            // No time passes, and no face ever appears twice in one place: nothing ends by itself.
            var shown = Update(0, [.. Enumerable.Range(0, 30).Select(n => At((i * 50_000) + (n * 500), 0))]);
            Assert.Equal(10, shown.Length);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-1e300)]
    [InlineData(4.9)]
    public void Update_TimeThatMakesNoSense_KeepsTheFace(double at)
    {
        Update(5, At(100, 100));

        var face = Assert.Single(Update(at, At(101, 100)));
        Assert.Equal((1, 0.0), (face.Id, face.Elapsed));

        Assert.Equal(1, Assert.Single(Update((double.IsFinite(at) ? at : 5) + Frame, At(102, 100))).Id);
    }

    [Fact]
    public void Update_HugeJumpInTime_EndsAllAndStartsAnew()
    {
        Update(0, At(100, 100));

        var face = Assert.Single(Update(1e300, At(100, 100)));

        Assert.Equal(2, face.Id);
        Assert.Equal([1], _tracker.Ended.ToArray());
        Assert.True(double.IsFinite(face.Face.Box.X));
    }

    [Fact]
    public void Update_BoxesThatAreNone_AreIgnored()
    {
        var shown = Update(0, new DetectedFace(new FaceBox(float.NaN, 0, 5, 5), null, 1), At(10, 10, size: 0), At(10, 10, size: float.PositiveInfinity), At(100, 100));

        Assert.Equal(100, Assert.Single(shown).Face.Box.CenterX);
    }

    [Fact]
    public void Update_Always_AllocatesNothing()
    {
        DetectedFace[] faces = [At(100, 100), At(200, 100), At(150, 30)];
        _tracker.Update(faces, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i < 100; i++)
        {
            _tracker.Update(i % 7 == 0 ? [] : faces, i * Frame);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static DetectedFace At(double x, double y, float size = 60, float score = 0.9f) =>
        new(new FaceBox((float)x - (size / 2), (float)y - (size / 2), size, size), null, score);

    private static double Noise(Random random) => (random.NextDouble() - 0.5) * 2;

    private TrackedFace[] Update(double at, params DetectedFace[] faces) => _tracker.Update(faces, at).ToArray();
}
