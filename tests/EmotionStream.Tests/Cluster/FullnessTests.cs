using EmotionStream.Cluster;

namespace EmotionStream.Tests.Cluster;

/// <summary>When a server counts as full, and when it has room again.</summary>
public class FullnessTests
{
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(400);

    // Ten measurements are a second.
    private const int LongEnough = 100;

    private readonly Fullness _fullness = new(fullProcessor: 0.9, fullAnswer: TimeSpan.FromMilliseconds(250));

    [Theory]
    [InlineData(0, 0.5, 20, false)]
    [InlineData(0, 1.0, 20, false)] // Stills take what frames leave.
    [InlineData(5, 0.5, 20, false)] // A burst.
    [InlineData(5, 1.0, 20, true)]
    [InlineData(0, 0.2, 400, true)] // A graphics card that is too slow.
    public void FullIs_WhoseProcessorIsUsedUpWhileSessionsStandInLine_OrWhoAnswersLate(int line, double processor, int answer, bool isFull)
    {
        Add(LongEnough, line, processor, TimeSpan.FromMilliseconds(answer));

        Assert.Equal(isFull, _fullness.IsFull);
    }

    [Fact]
    public void OneBadMoment_IsNotEnough()
    {
        Add(LongEnough, 0, 0.5, Quick);
        Add(5, 50, 1, Late);

        Assert.False(_fullness.IsFull);
    }

    [Fact]
    public void FullServer_StaysFull_UntilItIsWellBelow()
    {
        Add(LongEnough, 5, 1, Quick);
        Add(LongEnough, 5, 0.8, Quick);
        var stillFull = _fullness.IsFull;
        Add(LongEnough, 5, 0.7, Quick);

        Assert.True(stillFull);
        Assert.False(_fullness.IsFull);
    }

    [Fact]
    public void ProcessorOfOne_NeverCounts()
    {
        var fullness = new Fullness(fullProcessor: 1, fullAnswer: TimeSpan.FromMilliseconds(250));
        for (var i = 0; i < LongEnough; i++)
        {
            fullness.Add(50, 1, Quick);
        }

        Assert.False(fullness.IsFull);
    }

    private void Add(int times, int line, double processor, TimeSpan answer)
    {
        for (var i = 0; i < times; i++)
        {
            _fullness.Add(line, processor, answer);
        }
    }
}
