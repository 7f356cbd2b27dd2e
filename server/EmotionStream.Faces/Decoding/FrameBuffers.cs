using System.Buffers;

namespace EmotionStream.Faces.Decoding;

/// <summary>Lends the buffers of one server's frames and counts those that are out.</summary>
internal sealed class FrameBuffers
{
    private int _outstanding;

    /// <summary>Buffers rented and not yet returned.</summary>
    public int Outstanding => Volatile.Read(ref _outstanding);

    public byte[] Rent(int length)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
        Interlocked.Increment(ref _outstanding);
        return buffer;
    }

    public void Return(byte[] buffer)
    {
        ArrayPool<byte>.Shared.Return(buffer);
        Interlocked.Decrement(ref _outstanding);
    }
}
