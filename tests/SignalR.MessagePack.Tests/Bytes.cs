using System.Buffers;
using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Tests;

/// <summary>Makes bytes for tests, by hand or with the writer.</summary>
internal static class Bytes
{
    public delegate void WriteAction(ref MessagePackWriter writer);

    public static byte[] Of(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public static byte[] Written(WriteAction write)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        write(ref writer);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The message behind its length, for lengths below 128.</summary>
    public static byte[] Framed(params byte[] message) => message.Length < 128 ? [(byte)message.Length, .. message] : throw new ArgumentException("too long");

    public static ReadOnlySequence<byte> Sequence(byte[] bytes) => new(bytes);

    /// <summary>The same bytes with every one in a segment of its own, as a pipe may deliver them.</summary>
    public static ReadOnlySequence<byte> Scattered(byte[] bytes)
    {
        var first = new Segment(ReadOnlyMemory<byte>.Empty, null);
        var last = first;
        foreach (var part in bytes)
        {
            last = new Segment(new[] { part }, last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            RunningIndex = previous is null ? 0 : previous.RunningIndex + previous.Memory.Length;
            if (previous is not null)
            {
                previous.Next = this;
            }
        }
    }
}
