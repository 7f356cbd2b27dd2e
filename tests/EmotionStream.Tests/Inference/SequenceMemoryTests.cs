using EmotionStream.Faces.Emotion;

namespace EmotionStream.Tests.Inference;

public class SequenceMemoryTests
{
    [Fact]
    public void Of_AFaceNotSeenBefore_IsZero_AndStaysWithThatFace()
    {
        var memory = new SequenceMemory(4);

        var first = memory.Of(1);
        first.Hidden[2] = 7;

        Assert.Same(first, memory.Of(1));
        Assert.All(memory.Of(2).Hidden, value => Assert.Equal(0, value));
        Assert.All(memory.Of(2).Cell, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Forget_EndsOnlyTheFacesNamed()
    {
        var memory = new SequenceMemory(4);
        memory.Of(1).Hidden[0] = 1;
        memory.Of(2).Hidden[0] = 2;

        memory.Forget([1]);

        Assert.Equal(1, memory.Count);
        Assert.Equal(0, memory.Of(1).Hidden[0]);
        Assert.Equal(2, memory.Of(2).Hidden[0]);
    }
}
