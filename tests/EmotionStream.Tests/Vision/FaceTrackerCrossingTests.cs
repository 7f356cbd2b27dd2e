using EmotionStream.Faces;
using EmotionStream.Faces.Tracking;

namespace EmotionStream.Tests.Vision;

/// <summary>Two faces that pass each other: where one hides the other, the detector reports a single face for some frames.</summary>
public sealed class FaceTrackerCrossingTests
{
    private const float Size = 60;

    /// <summary>What is left in the picture while the two overlap.</summary>
    public enum Merged
    {
        FrontOnly,
        BackOnly,
        Middle,
        Flickering,
    }

    public static TheoryData<int, double, Merged, double> Crossings
    {
        get
        {
            var data = new TheoryData<int, double, Merged, double>();
            foreach (var rate in (int[])[12, 15, 30])
            {
                foreach (var speed in (double[])[45, 90, 150, 240])
                {
                    foreach (var merged in Enum.GetValues<Merged>())
                    {
                        data.Add(rate, speed, merged, 1);
                        data.Add(rate, speed, merged, 1.25);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Crossings))]
    public void Update_TwoFacesPassingEachOther_KeepTheirIds(int framesPerSecond, double speed, Merged merged, double frontScale)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (left, right, frames) = Cross(framesPerSecond, speed, merged, frontScale, new Random(seed));

            Assert.True(left == 1 && right == 2, $"seed {seed}: ids {left} and {right} after {frames} frames");
        }
    }

    [Fact]
    public void Update_TwoFacesTradingPlacesWithinHalfASecond_KeepTheirIds()
    {
        var tracker = new FaceTracker(new VisionOptions());
        TrackedFace[] shown = [];
        for (var i = 0; i <= 25; i++)
        {
            // Still for a second, then an even trade of places 110 pixels apart, one passing above the other.
            var part = Math.Clamp((i - 15) / 7.5, 0, 1);
            var lift = 25 * Math.Sin(Math.PI * part);
            shown = tracker.Update([At(100 + (110 * part), 120 - lift, Size), At(210 - (110 * part), 120 + lift, Size)], i / 15.0).ToArray();
        }

        Assert.Equal(2, shown.Length);
        Assert.True(shown.Single(face => face.Id == 1).Face.Box.CenterX > 200);
        Assert.True(shown.Single(face => face.Id == 2).Face.Box.CenterX < 110);
    }

    /// <summary>Lets the front face walk right and the back face left, and returns the ids they end with.</summary>
    private static (int Front, int Back, int Frames) Cross(int rate, double speed, Merged merged, double frontScale, Random random)
    {
        var tracker = new FaceTracker(new VisionOptions());
        var frames = (int)(240 / speed * rate);
        var (front, back) = (0, 0);
        for (var i = 0; i <= frames; i++)
        {
            var t = i / (double)rate;
            var one = At(40 + (speed * t) + Noise(random), 120 + Noise(random), Size * (float)frontScale);
            var other = At(280 - (speed * t) + Noise(random), 120 + Noise(random), Size);
            var apart = one.Box.Overlap(other.Box) < 0.3;
            foreach (var face in tracker.Update(apart ? [one, other] : [Left(merged, one, other, i)], t))
            {
                front = Math.Abs(face.Face.Box.CenterX - one.Box.CenterX) < 8 && apart ? face.Id : front;
                back = Math.Abs(face.Face.Box.CenterX - other.Box.CenterX) < 8 && apart ? face.Id : back;
            }
        }

        return (front, back, frames);
    }

    private static DetectedFace Left(Merged merged, in DetectedFace front, in DetectedFace back, int frame) => merged switch
    {
        Merged.FrontOnly => front,
        Merged.BackOnly => back,
        Merged.Flickering => frame % 2 == 0 ? front : back,
        _ => At((front.Box.CenterX + back.Box.CenterX) / 2, (front.Box.CenterY + back.Box.CenterY) / 2, Size),
    };

    private static DetectedFace At(double x, double y, float size) =>
        new(new FaceBox((float)x - (size / 2), (float)y - (size / 2), size, size), null, 0.9f);

    private static double Noise(Random random) => (random.NextDouble() - 0.5) * 3;
}
