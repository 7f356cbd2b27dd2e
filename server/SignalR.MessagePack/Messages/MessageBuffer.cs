using System.Buffers;

namespace EmotionStream.SignalR.MessagePack.Messages;

/// <summary>Gathers one message in a pooled array and then puts its length in front.</summary>
internal sealed class MessageBuffer : IBufferWriter<byte>, IDisposable
{
    // A result with a few faces fits without growing.
    private const int FirstCapacity = 4096;

    private byte[] _array = ArrayPool<byte>.Shared.Rent(FirstCapacity);
    private int _end = MessageFraming.MaxPrefixLength;

    /// <summary>The message with its length; nothing may be written after this.</summary>
    public ReadOnlyMemory<byte> Complete()
    {
        var start = MessageFraming.WriteBackwards(_array.AsSpan(0, MessageFraming.MaxPrefixLength), _end - MessageFraming.MaxPrefixLength);
        return _array.AsMemory(start, _end - start);
    }

    public void Advance(int count) => _end += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _array.AsMemory(_end);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _array.AsSpan(_end);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_array);
        _array = [];
    }

    private void EnsureRoom(int sizeHint)
    {
        var needed = checked(_end + Math.Max(sizeHint, 1));
        if (needed <= _array.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, (int)Math.Min(2L * _array.Length, Array.MaxLength)));
        _array.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
