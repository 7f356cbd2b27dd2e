using EmotionStream.Limits;
using Microsoft.Extensions.Time.Testing;

namespace EmotionStream.Tests.Limits;

public class RateTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void TryTake_LetsABurstThrough_ThenSoManyASecond()
    {
        var rate = new Rate(perSecond: 10, burst: 20, _time);

        Assert.Equal(20, Taken(rate));
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(5, Taken(rate));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(20, Taken(rate));
    }

    [Fact]
    public void TryTake_OfMoreThanTheBurst_IsPaidOffBeforeTheNext()
    {
        var rate = new Rate(perSecond: 10, burst: 20, _time);

        Assert.True(rate.TryTake(120, out _));
        Assert.False(rate.TryTake(1, out var retryAfter));
        Assert.Equal(10.1, retryAfter.TotalSeconds, tolerance: 0.001);
        _time.Advance(retryAfter);
        Assert.False(rate.IsIdle);
        Assert.True(rate.TryTake(1, out _));
    }

    [Fact]
    public void Charge_CountsAlsoWhatIsTooMuch()
    {
        var rate = new Rate(perSecond: 10, burst: 20, _time);

        rate.Charge(120);
        rate.Charge(100);

        Assert.False(rate.TryTake(1, out var retryAfter));
        Assert.Equal(20.1, retryAfter.TotalSeconds, tolerance: 0.001);
    }

    [Fact]
    public async Task TryTake_FromManyThreads_LetsNoMoreThrough()
    {
        var rate = new Rate(perSecond: 1, burst: 1000, _time);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 1000).Count(_ => rate.TryTake()))));

        Assert.Equal(1000, taken.Sum());
    }

    [Fact]
    public void TryTake_OfAFrame_AllocatesNothing()
    {
        var quota = new ClientQuota(new Quota(new Allowance(), _time, _ => { }), new Quota(new Allowance(tenfold: true), _time, _ => { }));
        quota.TakeFrame(40_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            quota.TakeFrame(40_000);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static int Taken(Rate rate) => Enumerable.Range(0, 100).Count(_ => rate.TryTake());
}
