using EmotionStream.Contracts;
using EmotionStream.Recommendations;
using FsCheck;
using FsCheck.Fluent;

namespace EmotionStream.Tests.Recommendations;

public class MoodPropertyTests
{
    [Fact]
    public void TryCreate_AnyWeights_IsRefusedOrADistribution()
    {
        var weight = Gen.OneOf(
            Gen.Choose(0, 1000).Select(value => value / 1000.0),
            Gen.Elements(0, -1, double.Epsilon, 1e-300, 1e300, double.MaxValue, double.NaN, double.PositiveInfinity));
        var weights = weight.ArrayOf(EmotionLabels.All.Count).Select(values => EmotionLabels.All.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(weights.ToArbitrary(), given =>
        {
            var good = given.Values.All(value => double.IsFinite(value) && value >= 0) && given.Values.Any(value => value > 0);

            Assert.Equal(good, Mood.TryCreate(given, out var mood));
            Assert.True(!good || Math.Abs(mood!.Shares.Values.Sum() - 1) < 1e-9);
            Assert.True(!good || mood!.Shares.Values.All(share => share is >= 0 and <= 1));
        }));
    }
}
