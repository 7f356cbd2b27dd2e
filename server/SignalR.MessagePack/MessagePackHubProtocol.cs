using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using EmotionStream.SignalR.MessagePack.Messages;
using EmotionStream.SignalR.MessagePack.Serialization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace EmotionStream.SignalR.MessagePack;

/// <summary>The SignalR hub protocol "messagepack", version 2, as its public specification describes it.</summary>
/// <remarks>One instance serves all connections at the same time.</remarks>
public sealed class MessagePackHubProtocol : IHubProtocol
{
    private readonly HubMessageReader _reader;
    private readonly HubMessageWriter _writer;

    /// <summary>Makes a protocol with caches of its own.</summary>
    public MessagePackHubProtocol()
    {
        var registry = new SerializerRegistry();
        _reader = new HubMessageReader(registry);
        _writer = new HubMessageWriter(registry);
    }

    /// <inheritdoc/>
    public string Name => "messagepack";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public TransferFormat TransferFormat => TransferFormat.Binary;

    /// <inheritdoc/>
    public bool IsVersionSupported(int version) => version <= Version;

    /// <inheritdoc/>
    public bool TryParseMessage(
        ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        while (MessageFraming.TryTake(ref input, out var bytes))
        {
            message = _reader.Read(bytes, binder);
            if (message is not null)
            {
                return true;
            }
        }

        message = null;
        return false;
    }

    /// <inheritdoc/>
    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        using var buffer = new MessageBuffer();
        _writer.Write(message, buffer);
        output.Write(buffer.Complete().Span);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
    {
        using var buffer = new MessageBuffer();
        _writer.Write(message, buffer);
        return buffer.Complete().ToArray();
    }
}
