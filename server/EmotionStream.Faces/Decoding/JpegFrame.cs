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
    private static int _outstanding;

    private byte[]? _buffer;

    private JpegFrame(int length)
    {
        Length = length;
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
        Interlocked.Increment(ref _outstanding);
    }

    ~JpegFrame() => Return();

    /// <summary>Buffers rented and not yet returned, in the whole process.</summary>
    public static int Outstanding => Volatile.Read(ref _outstanding);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => Buffer.AsSpan(0, Length);

    private byte[] Buffer => _buffer ?? throw new ObjectDisposedException(nameof(JpegFrame));

    /// <summary>Copies the bytes out of a receive buffer: the only copy on their way to the decoder.</summary>
    public static JpegFrame Read(in ReadOnlySequence<byte> bytes)
    {
        var frame = new JpegFrame(checked((int)bytes.Length));
        bytes.CopyTo(frame.Buffer);
        return frame;
    }

    public static JpegFrame Read(ReadOnlySpan<byte> bytes)
    {
        var frame = new JpegFrame(bytes.Length);
        bytes.CopyTo(frame.Buffer);
        return frame;
    }

    /// <summary>Decodes base64 text, as JSON clients send bytes; null when it is none.</summary>
    public static JpegFrame? FromBase64(ReadOnlySpan<byte> text)
    {
        var frame = new JpegFrame(Base64.GetMaxDecodedFromUtf8Length(text.Length));
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
            ArrayPool<byte>.Shared.Return(buffer);
            Interlocked.Decrement(ref _outstanding);
        }
    }
}
