using System.Buffers;

namespace EmotionStream.SignalR.MessagePack;

/// <summary>A type that takes a binary argument straight from the transport's buffers, for instance into a pooled one of its own.</summary>
/// <remarks>
/// The bytes are only valid during <see cref="Read"/>. If the implementer is <see cref="IDisposable"/> and a later argument of the
/// same call can't be bound, it is disposed; from a call that reaches the hub method, that method owns it.
/// </remarks>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface IBinaryPayload<TSelf>
    where TSelf : IBinaryPayload<TSelf>
{
    /// <summary>Copies what it needs of the bytes; throws <see cref="InvalidDataException"/> to refuse them.</summary>
    static abstract TSelf Read(in ReadOnlySequence<byte> bytes);
}
