using EmotionStream.Faces.Pipeline;

namespace EmotionStream.Tests.Pipeline;

public class FrameClockTests
{
    [Theory]
    [InlineData(0, 66, 0.066)] // an honest camera, whatever the arrival's jitter
    [InlineData(1e12, 1e12 + 66, 0.066)]
    [InlineData(0, 0, 0.001)] // a stopped clock: time goes on all the same
    [InlineData(1000, 900, 0.001)] // a little backwards
    [InlineData(1e12, 0, 0.1)] // far backwards: the arrival counts
    [InlineData(0, 1e12, 0.1)]
    [InlineData(0, double.NaN, 0.1)]
    [InlineData(double.NaN, 5, 0.1)]
    [InlineData(0, double.PositiveInfinity, 0.1)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity, 0.1)]
    public void Advance_TakesTheSendersStepOnlyWhereItMakesSense(double firstCaptured, double secondCaptured, double expectedStep)
    {
        var clock = new FrameClock(TimeProvider.System);
        var arrival = TimeProvider.System.GetTimestamp();

        var first = clock.Advance(firstCaptured, arrival);
        var second = clock.Advance(secondCaptured, arrival + (TimeProvider.System.TimestampFrequency / 10));

        Assert.Equal(expectedStep, second - first, 1e-6);
    }

    [Fact]
    public void Advance_AfterAPauseWithoutFrames_CountsASecondAtMost()
    {
        var clock = new FrameClock(TimeProvider.System);
        var arrival = TimeProvider.System.GetTimestamp();

        var before = clock.Advance(0, arrival);
        var after = clock.Advance(20_000, arrival + (20 * TimeProvider.System.TimestampFrequency));

        Assert.Equal(1, after - before, 1e-6);
    }
}
