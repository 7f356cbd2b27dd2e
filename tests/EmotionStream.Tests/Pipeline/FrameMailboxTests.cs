using EmotionStream.Faces.Decoding;
using EmotionStream.Faces.Pipeline;

namespace EmotionStream.Tests.Pipeline;

public class FrameMailboxTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Post_WhenFull_DropsTheOldestAndTells(int capacity)
    {
        List<long> dropped = [];
        var mailbox = new FrameMailbox(capacity, frame => dropped.Add(frame.Sequence));

        for (var sequence = 1; sequence <= 5; sequence++)
        {
            Assert.True(mailbox.Post(Frame(sequence)));
        }

        Assert.Equal(Enumerable.Range(1, 5 - capacity).Select(i => (long)i), dropped);
        Assert.True(mailbox.TryTake(out var oldest));
        Assert.Equal(6 - capacity, oldest.Sequence);
    }

    [Fact]
    public void Post_AfterClose_IsRefusedAndKeepsWhatWaits()
    {
        var mailbox = new FrameMailbox(1, _ => { });
        mailbox.Post(Frame(1));

        mailbox.Close();

        Assert.False(mailbox.Post(Frame(2)));
        Assert.True(mailbox.TryTake(out var waiting));
        Assert.Equal(1, waiting.Sequence);
        Assert.False(mailbox.HasFrame);
    }

    private static IncomingFrame Frame(long sequence)
    {
        // Only the order matters here.
        using var empty = JpegFrame.Read(default(ReadOnlySpan<byte>), new FrameBuffers());
        return new IncomingFrame(sequence, 0, 0, empty);
    }
}
