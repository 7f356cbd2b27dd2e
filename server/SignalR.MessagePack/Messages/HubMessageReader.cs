using System.Buffers;
using System.Runtime.ExceptionServices;
using EmotionStream.SignalR.MessagePack.Format;
using EmotionStream.SignalR.MessagePack.Serialization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace EmotionStream.SignalR.MessagePack.Messages;

/// <summary>Reads hub messages, each an array whose first item is the message's type.</summary>
/// <remarks>
/// Broken bytes throw <see cref="InvalidDataException"/>, which ends the connection. Sound bytes that don't suit the method they are
/// meant for become a binding failure, which only fails that call. Items beyond those known are left to later protocol versions.
/// </remarks>
internal sealed class HubMessageReader(SerializerRegistry registry)
{
    private readonly ArgumentBinder _arguments = new(registry);

    /// <summary>Reads one message without its length; null if it is of a type that a later version may have added.</summary>
    public HubMessage? Read(in ReadOnlySequence<byte> message, IInvocationBinder binder)
    {
        var reader = new MessagePackReader(message);
        var items = reader.ReadArrayHeader();
        var type = reader.ReadInteger<int>();
        return type switch
        {
            HubProtocolConstants.InvocationMessageType => ReadInvocation(ref reader, items, binder),
            HubProtocolConstants.StreamInvocationMessageType => ReadStreamInvocation(ref reader, items, binder),
            HubProtocolConstants.StreamItemMessageType => ReadStreamItem(ref reader, items, binder),
            HubProtocolConstants.CompletionMessageType => ReadCompletion(ref reader, items, binder),
            HubProtocolConstants.CancelInvocationMessageType => ReadCancelInvocation(ref reader, items),
            HubProtocolConstants.PingMessageType => PingMessage.Instance,
            HubProtocolConstants.CloseMessageType => ReadClose(ref reader, items),
            HubProtocolConstants.AckMessageType => ReadAck(ref reader, items),
            HubProtocolConstants.SequenceMessageType => ReadSequence(ref reader, items),
            _ => null,
        };
    }

    private HubMessage ReadInvocation(ref MessagePackReader reader, int items, IInvocationBinder binder)
    {
        RequireItems(items, 5);
        var headers = ReadHeaders(ref reader);
        var id = reader.ReadOptionalString();
        id = id is { Length: 0 } ? null : id;
        var target = ReadTarget(ref reader, binder);
        var arguments = TakeValue(ref reader);
        var streams = ReadStreamIds(ref reader, items);
        return TryBind(ref arguments, target, binder, out var bound, out var failure)
            ? new InvocationMessage(id, target, bound, streams) { Headers = headers }
            : new InvocationBindingFailureMessage(id, target, failure!);
    }

    private HubMessage ReadStreamInvocation(ref MessagePackReader reader, int items, IInvocationBinder binder)
    {
        RequireItems(items, 5);
        var headers = ReadHeaders(ref reader);
        var id = ReadInvocationId(ref reader);
        var target = ReadTarget(ref reader, binder);
        var arguments = TakeValue(ref reader);
        var streams = ReadStreamIds(ref reader, items);
        return TryBind(ref arguments, target, binder, out var bound, out var failure)
            ? new StreamInvocationMessage(id, target, bound, streams) { Headers = headers }
            : new InvocationBindingFailureMessage(id, target, failure!);
    }

    private HubMessage ReadStreamItem(ref MessagePackReader reader, int items, IInvocationBinder binder)
    {
        RequireItems(items, 4);
        var headers = ReadHeaders(ref reader);
        var id = ReadInvocationId(ref reader);
        var item = TakeValue(ref reader);
        try
        {
            return new StreamItemMessage(id, ReadTyped(ref item, binder.GetStreamItemType(id))) { Headers = headers };
        }
        catch (Exception exception)
        {
            return new StreamBindingFailureMessage(id, ExceptionDispatchInfo.Capture(exception));
        }
    }

    private CompletionMessage ReadCompletion(ref MessagePackReader reader, int items, IInvocationBinder binder)
    {
        RequireItems(items, 4);
        var headers = ReadHeaders(ref reader);
        var id = ReadInvocationId(ref reader);
        var kind = (CompletionKind)reader.ReadInteger<int>();
        RequireItems(items, kind == CompletionKind.Void ? 4 : 5);
        var completion = kind switch
        {
            CompletionKind.Error => CompletionMessage.WithError(id, reader.ReadString()),
            CompletionKind.Void => CompletionMessage.Empty(id),
            CompletionKind.Value => ReadResult(id, TakeValue(ref reader), binder),
            _ => throw Malformed.Because("a completion is neither an error nor a value nor void"),
        };
        completion.Headers = headers;
        return completion;
    }

    private CompletionMessage ReadResult(string id, MessagePackReader result, IInvocationBinder binder)
    {
        if (ResultTypeOf(id, binder) is not { } type)
        {
            return CompletionMessage.Empty(id);
        }

        try
        {
            return CompletionMessage.WithResult(id, ReadTyped(ref result, type));
        }
        catch (Exception exception)
        {
            return CompletionMessage.WithError(id, $"The result is no {type.Name}: {exception.Message}");
        }
    }

    private bool TryBind(
        ref MessagePackReader reader, string target, IInvocationBinder binder, out object?[] bound, out ExceptionDispatchInfo? failure)
    {
        try
        {
            bound = _arguments.Bind(ref reader, binder.GetParameterTypes(target));
            failure = null;
            return true;
        }
        catch (Exception exception)
        {
            bound = [];
            failure = ExceptionDispatchInfo.Capture(exception);
            return false;
        }
    }

    private object? ReadTyped(ref MessagePackReader reader, Type type) =>
        type == typeof(RawResult) ? new RawResult(reader.ReadRaw()) : registry.Get(type).ReadObject(ref reader);

    private static CancelInvocationMessage ReadCancelInvocation(ref MessagePackReader reader, int items)
    {
        RequireItems(items, 3);
        var headers = ReadHeaders(ref reader);
        return new CancelInvocationMessage(ReadInvocationId(ref reader)) { Headers = headers };
    }

    private static CloseMessage ReadClose(ref MessagePackReader reader, int items)
    {
        RequireItems(items, 2);
        var error = reader.ReadOptionalString();
        var mayReconnect = items > 2 && !reader.TryReadNil() && reader.ReadBoolean();
        return error is null && !mayReconnect ? CloseMessage.Empty : new CloseMessage(error, mayReconnect);
    }

    private static AckMessage ReadAck(ref MessagePackReader reader, int items)
    {
        RequireItems(items, 2);
        return new AckMessage(reader.ReadInteger<long>());
    }

    private static SequenceMessage ReadSequence(ref MessagePackReader reader, int items)
    {
        RequireItems(items, 2);
        return new SequenceMessage(reader.ReadInteger<long>());
    }

    private static Dictionary<string, string>? ReadHeaders(ref MessagePackReader reader)
    {
        var count = reader.ReadMapHeader();
        if (count == 0)
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var name = reader.ReadString();
            headers[name] = reader.ReadString();
        }

        return headers;
    }

    private static string ReadInvocationId(ref MessagePackReader reader) =>
        reader.ReadString() is { Length: > 0 } id ? id : throw Malformed.Because("an invocation id is empty");

    private static string ReadTarget(ref MessagePackReader reader, IInvocationBinder binder)
    {
        var utf8 = reader.ReadUtf8();
        return binder.GetTarget(utf8) ?? MessagePackReader.Text(utf8);
    }

    private static string[]? ReadStreamIds(ref MessagePackReader reader, int items)
    {
        var count = items > 5 ? reader.ReadArrayHeader() : 0;
        if (count == 0)
        {
            return null;
        }

        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(ReadInvocationId(ref reader));
        }

        return [.. ids];
    }

    /// <summary>Steps over a value and gives a reader that stands before it: the value is known to be whole before anyone binds it.</summary>
    private static MessagePackReader TakeValue(ref MessagePackReader reader)
    {
        var value = reader;
        reader.Skip();
        return value;
    }

    private static Type? ResultTypeOf(string id, IInvocationBinder binder)
    {
        try
        {
            return binder.GetReturnType(id);
        }
        catch (Exception)
        {
            // Nobody waits for this result any more, for instance because the wait was cancelled.
            return null;
        }
    }

    private static void RequireItems(int items, int needed)
    {
        if (items < needed)
        {
            throw Malformed.Because($"the message has {items} item(s) but its type needs {needed}");
        }
    }
}
