using EmotionStream.Faces.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace EmotionStream.Tests.Pipeline;

/// <summary>A made-up server that measures a thousand frames a second, and senders that keep to its pace.</summary>
public sealed class FairShareTests
{
    private const int Capacity = 1000;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.02);

    private readonly FakeTimeProvider _time = new();
    private readonly FairShare _share;
    private double _line;

    public FairShareTests() => _share = new FairShare(_time);

    [Fact]
    public void WhereTheServerKeepsUp_NobodyIsTold()
    {
        Run(senders: 90, wish: 10, seconds: 10);

        Assert.Null(_share.Pace);
        Assert.Equal(double.PositiveInfinity, _share.Measured);
    }

    [Theory]
    [InlineData(150)]
    [InlineData(450)]
    [InlineData(900)]
    public void AskedForMore_ItKnowsTheEqualShareWithinFiveSeconds_AndStaysFull(int senders)
    {
        Run(senders, wish: 30, seconds: 5);
        Assert.InRange(_share.Measured, 0.95 * Capacity / senders, 1.05 * Capacity / senders);
        Assert.InRange(_share.Pace!.Value, 2.8 * Capacity / senders, 3.2 * Capacity / senders);

        Assert.InRange(Run(senders, wish: 30, seconds: 10) / 10.0, 0.99 * Capacity, Capacity);
    }

    [Fact]
    public void OnceTheLoadIsGone_NobodyIsToldAfterSomeSeconds()
    {
        Run(senders: 450, wish: 10, seconds: 5);

        Run(senders: 20, wish: 10, seconds: 10);

        Assert.Null(_share.Pace);
    }

    /// <summary>Lets time pass; returns how many frames were begun.</summary>
    private int Run(int senders, double wish, double seconds)
    {
        var (begun, next, owed, counted) = (0, 0, 0.0, new int[senders]);
        for (var at = TimeSpan.Zero; at < TimeSpan.FromSeconds(seconds); at += Step)
        {
            // A session stands in line once, so the line is never longer than there are senders.
            _line = Math.Min(_line + (senders * Math.Min(wish, _share.Pace ?? wish) * Step.TotalSeconds), senders);
            owed = Math.Min(owed + (Capacity * Step.TotalSeconds), _line);
            for (; owed >= 1; owed--, _line--, begun++)
            {
                _share.Begun(ref counted[next++ % senders], TimeSpan.FromSeconds(Math.Max(0, _line - 20) / Capacity));
            }

            _time.Advance(Step);
        }

        return begun;
    }
}
