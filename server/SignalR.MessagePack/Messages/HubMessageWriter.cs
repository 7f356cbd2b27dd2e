using System.Buffers;
using EmotionStream.SignalR.MessagePack.Format;
using EmotionStream.SignalR.MessagePack.Serialization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace EmotionStream.SignalR.MessagePack.Messages;

/// <summary>Writes hub messages in the layouts of the SignalR hub protocol specification.</summary>
internal sealed class HubMessageWriter(SerializerRegistry registry)
{
    private readonly Serializer<object> _values = registry.Get<object>();

    public void Write(HubMessage message, IBufferWriter<byte> output)
    {
        var writer = new MessagePackWriter(output);
        switch (message)
        {
            case StreamInvocationMessage call:
                WriteCall(ref writer, HubProtocolConstants.StreamInvocationMessageType, call);
                break;
            case InvocationMessage call:
                WriteCall(ref writer, HubProtocolConstants.InvocationMessageType, call);
                break;
            case StreamItemMessage item:
                WriteStart(ref writer, 4, HubProtocolConstants.StreamItemMessageType, item);
                WriteValue(ref writer, item.Item);
                break;
            case CompletionMessage completion:
                WriteCompletion(ref writer, completion);
                break;
            case CancelInvocationMessage cancel:
                WriteStart(ref writer, 3, HubProtocolConstants.CancelInvocationMessageType, cancel);
                break;
            case PingMessage:
                WriteType(ref writer, 1, HubProtocolConstants.PingMessageType);
                break;
            case CloseMessage close:
                WriteType(ref writer, 3, HubProtocolConstants.CloseMessageType);
                writer.WriteString(close.Error);
                writer.WriteBoolean(close.AllowReconnect);
                break;
            case AckMessage ack:
                WriteType(ref writer, 2, HubProtocolConstants.AckMessageType);
                writer.WriteInteger(ack.SequenceId);
                break;
            case SequenceMessage sequence:
                WriteType(ref writer, 2, HubProtocolConstants.SequenceMessageType);
                writer.WriteInteger(sequence.SequenceId);
                break;
            default:
                throw new NotSupportedException($"{message.GetType()} has no MessagePack form.");
        }

        writer.Flush();
    }

    private void WriteCall(ref MessagePackWriter writer, int type, HubMethodInvocationMessage call)
    {
        WriteStart(ref writer, 6, type, call);
        writer.WriteString(call.Target);
        writer.WriteArrayHeader(call.Arguments.Length);
        foreach (var argument in call.Arguments)
        {
            WriteValue(ref writer, argument);
        }

        var streams = call.StreamIds ?? [];
        writer.WriteArrayHeader(streams.Length);
        foreach (var stream in streams)
        {
            writer.WriteString(stream);
        }
    }

    private void WriteCompletion(ref MessagePackWriter writer, CompletionMessage completion)
    {
        var kind = completion switch
        {
            { Error: not null } => CompletionKind.Error,
            { HasResult: true } => CompletionKind.Value,
            _ => CompletionKind.Void,
        };
        WriteStart(ref writer, kind == CompletionKind.Void ? 4 : 5, HubProtocolConstants.CompletionMessageType, completion);
        writer.WriteInteger((long)kind);
        if (kind == CompletionKind.Error)
        {
            writer.WriteString(completion.Error);
        }
        else if (kind == CompletionKind.Value)
        {
            WriteValue(ref writer, completion.Result);
        }
    }

    private void WriteValue(ref MessagePackWriter writer, object? value)
    {
        if (value is not RawResult raw)
        {
            _values.Write(ref writer, value);
            return;
        }

        foreach (var segment in raw.RawSerializedData)
        {
            writer.WriteRaw(segment.Span);
        }
    }

    private static void WriteStart(ref MessagePackWriter writer, int items, int type, HubInvocationMessage message)
    {
        WriteType(ref writer, items, type);
        WriteHeaders(ref writer, message.Headers);
        writer.WriteString(message.InvocationId);
    }

    private static void WriteHeaders(ref MessagePackWriter writer, IDictionary<string, string>? headers)
    {
        writer.WriteMapHeader(headers?.Count ?? 0);
        if (headers is null)
        {
            return;
        }

        foreach (var (name, value) in headers)
        {
            writer.WriteString(name);
            writer.WriteString(value);
        }
    }

    private static void WriteType(ref MessagePackWriter writer, int items, int type)
    {
        writer.WriteArrayHeader(items);
        writer.WriteInteger(type);
    }
}
