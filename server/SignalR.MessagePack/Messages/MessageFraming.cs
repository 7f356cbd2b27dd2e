using System.Buffers;
using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Messages;

/// <summary>The length before every message: seven bits a byte, lowest first, the high bit says that another follows.</summary>
internal static class MessageFraming
{
    /// <summary>Bytes that the longest prefix takes: 31 bits of length.</summary>
    public const int MaxPrefixLength = 5;

    private const int BitsPerByte = 7;
    private const int More = 0x80;

    /// <summary>Takes one message off the front; false while it is not all there.</summary>
    public static bool TryTake(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> message)
    {
        message = default;
        var reader = new SequenceReader<byte>(input);
        if (!TryReadLength(ref reader, out var length) || reader.Remaining < length)
        {
            return false;
        }

        message = reader.UnreadSequence.Slice(0, length);
        input = input.Slice(message.End);
        return true;
    }

    /// <summary>Writes the prefix so that it ends where <paramref name="room"/> ends, and gives its first index.</summary>
    public static int WriteBackwards(Span<byte> room, int length)
    {
        var prefixLength = 1;
        for (var rest = length >> BitsPerByte; rest > 0; rest >>= BitsPerByte)
        {
            prefixLength++;
        }

        var start = room.Length - prefixLength;
        for (var i = start; i < room.Length; i++)
        {
            room[i] = (byte)(i == room.Length - 1 ? length : length | More);
            length >>= BitsPerByte;
        }

        return start;
    }

    private static bool TryReadLength(ref SequenceReader<byte> reader, out int length)
    {
        length = 0;
        var total = 0L;
        for (var i = 0; i < MaxPrefixLength; i++)
        {
            if (!reader.TryRead(out var part))
            {
                return false;
            }

            total |= (long)(part & ~More) << (i * BitsPerByte);
            if ((part & More) == 0)
            {
                length = total <= int.MaxValue ? (int)total : throw Malformed.Because("a message claims more than 2 GiB");
                return true;
            }
        }

        throw Malformed.Because("a message's length takes more than five bytes");
    }
}
