using EmotionStream.Inference;

namespace EmotionStream.Tests.Inference;

public class CircumplexTests
{
    [Theory]
    [InlineData(0, 0, 0)] // neutral
    [InlineData(1, 1, 1)] // happy: pleasant, lively
    [InlineData(3, -1, -1)] // sad: unpleasant, low
    [InlineData(4, -1, 1)] // angry: unpleasant, high
    public void Place_OfOnePureLabel_LiesInItsQuadrant(int label, int valenceSign, int arousalSign)
    {
        var emotions = new float[8];
        emotions[label] = 1;

        var (valence, arousal) = Circumplex.Place(emotions);

        Assert.Equal(valenceSign, Math.Sign(valence));
        Assert.Equal(arousalSign, Math.Sign(arousal));
    }
}
