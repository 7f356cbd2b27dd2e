using System.Threading.Channels;

namespace EmotionStream.Faces.Pipeline;

/// <summary>Where one session's newest frame waits to be begun: the only place where a good frame is ever lost.</summary>
internal sealed class FrameMailbox
{
    private readonly Channel<IncomingFrame> _frames;

    public FrameMailbox(int capacity, Action<IncomingFrame> superseded)
    {
        var options = new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest };
        _frames = Channel.CreateBounded(options, superseded);
    }

    public bool HasFrame => _frames.Reader.Count > 0;

    /// <summary>False once the mailbox is closed; the frame then stays the caller's.</summary>
    public bool Post(in IncomingFrame frame) => _frames.Writer.TryWrite(frame);

    public bool TryTake(out IncomingFrame frame) => _frames.Reader.TryRead(out frame);

    public void Close() => _frames.Writer.TryComplete();
}
