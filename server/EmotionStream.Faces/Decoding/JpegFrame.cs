using System.Buffers;
using System.Buffers.Text;

namespace EmotionStream.Faces.Decoding;

/// <summary>One frame's JPEG bytes in a rented buffer.</summary>
/// <remarks>
/// The receiver of a frame disposes it; disposing twice is harmless. SignalR drops the arguments of a call that it can't make (called
/// as a stream, malformed behind its arguments): the finalizer returns the buffers of those.
/// </remarks>
internal sealed class JpegFrame : IDisposable
{
    private readonly FrameBuffers _buffers;
    private byte[]? _buffer;

    private JpegFrame(int length, FrameBuffers buffers)
    {
        (Length, _buffers) = (length, buffers);
        _buffer = buffers.Rent(length);
    }

    ~JpegFrame() => Return();

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => Buffer.AsSpan(0, Length);

    private byte[] Buffer => _buffer ?? throw new ObjectDisposedException(nameof(JpegFrame));

    /// <summary>Copies the bytes out of a receive buffer: the only copy on their way to the decoder.</summary>
    public static JpegFrame Read(in ReadOnlySequence<byte> bytes, FrameBuffers buffers)
    {
        var frame = new JpegFrame(checked((int)bytes.Length), buffers);
        bytes.CopyTo(frame.Buffer);
        return frame;
    }

    public static JpegFrame Read(ReadOnlySpan<byte> bytes, FrameBuffers buffers)
    {
        var frame = new JpegFrame(bytes.Length, buffers);
        bytes.CopyTo(frame.Buffer);
        return frame;
    }

    /// <summary>Decodes base64 text, as JSON clients send bytes; null when it is none.</summary>
    public static JpegFrame? FromBase64(ReadOnlySpan<byte> text, FrameBuffers buffers)
    {
        var frame = new JpegFrame(Base64.GetMaxDecodedFromUtf8Length(text.Length), buffers);
        if (Base64.DecodeFromUtf8(text, frame.Buffer, out _, out var written) != OperationStatus.Done)
        {
            frame.Dispose();
            return null;
        }

        frame.Length = written;
        return frame;
    }

    public void Dispose()
    {
        Return();
        GC.SuppressFinalize(this);
    }

    private void Return()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            _buffers.Return(buffer);
        }
    }
}
