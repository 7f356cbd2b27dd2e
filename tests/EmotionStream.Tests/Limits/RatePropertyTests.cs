using EmotionStream.Limits;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;

namespace EmotionStream.Tests.Limits;

public class RatePropertyTests
{
    [Fact]
    public void TryTake_InAnySpanOfTime_LetsThroughTheBurstAndTheRateAtMost()
    {
        var load = from rate in Gen.Choose(1, 60) from waits in Gen.Choose(0, 300).ListOf() select (Rate: rate, Waits: waits);

        Prop.ForAll(load.ToArbitrary(), given =>
        {
            var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
            var rate = new Rate(given.Rate, burst: 2 * given.Rate, time);
            var (at, taken) = (0.0, new List<double>());
            foreach (var wait in given.Waits)
            {
                time.Advance(TimeSpan.FromMilliseconds(wait));
                at += wait / 1000.0;
                for (var i = 0; i < 10; i++)
                {
                    if (rate.TryTake())
                    {
                        taken.Add(at);
                    }
                }
            }

            // What each one costs is cut off to whole ticks of 100 ns.
            var cutOff = taken.Count * given.Rate * 1e-7;
            for (var first = 0; first < taken.Count; first++)
            {
                for (var last = first; last < taken.Count; last++)
                {
                    Assert.InRange(last - first + 1, 1, (2 * given.Rate) + (given.Rate * (taken[last] - taken[first])) + cutOff + 1e-6);
                }
            }
        }).QuickCheckThrowOnFailure();
    }
}
