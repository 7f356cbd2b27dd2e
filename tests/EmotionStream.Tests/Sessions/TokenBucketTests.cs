using EmotionStream.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace EmotionStream.Tests.Sessions;

public class TokenBucketTests
{
    [Fact]
    public void TryTake_LetsABurstOfTwoSecondsThrough_ThenSoManyASecond()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var bucket = new TokenBucket(perSecond: 10, time);

        Assert.Equal(20, Taken(bucket));
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(5, Taken(bucket));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(20, Taken(bucket));
    }

    private static int Taken(TokenBucket bucket) => Enumerable.Range(0, 100).Count(_ => bucket.TryTake());
}
