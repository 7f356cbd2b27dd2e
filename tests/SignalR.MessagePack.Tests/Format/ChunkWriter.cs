using System.Buffers;

namespace EmotionStream.SignalR.MessagePack.Tests.Format;

/// <summary>A buffer writer that never gives more room than was asked for, as a pipe near the end of a block does.</summary>
internal sealed class ChunkWriter : IBufferWriter<byte>
{
    private readonly List<byte> _written = [];
    private byte[] _chunk = [];

    public byte[] Written => [.. _written];

    public void Advance(int count)
    {
        _written.AddRange(_chunk.AsSpan(0, count));
        _chunk = [];
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => _chunk = new byte[Math.Max(sizeHint, 1)];

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
