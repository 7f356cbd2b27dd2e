using System.Buffers;
using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Serialization;

/// <summary>Values declared as object: written as what they are, read as the nearest plain .NET type.</summary>
internal sealed class DynamicSerializer(SerializerRegistry registry) : Serializer<object>
{
    public override object? Read(ref MessagePackReader reader)
    {
        switch (reader.NextKind)
        {
            case MessagePackKind.Nil:
                reader.TryReadNil();
                return null;
            case MessagePackKind.Boolean:
                return reader.ReadBoolean();
            case MessagePackKind.Integer or MessagePackKind.Float:
                return reader.ReadNumber().ToObject();
            case MessagePackKind.String:
                return reader.ReadString();
            case MessagePackKind.Binary:
                return reader.ReadBinary().ToArray();
            case MessagePackKind.Array:
                return Items.Read(ref reader, this);
            case MessagePackKind.Map:
                return registry.Get<Dictionary<string, object?>>().Read(ref reader);
            default:
                return MessagePackTimestamp.Read(ref reader);
        }
    }

    public override void Write(ref MessagePackWriter writer, object? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        if (value.GetType() == typeof(object))
        {
            writer.WriteMapHeader(0);
            return;
        }

        registry.Get(value.GetType()).WriteObject(ref writer, value);
    }
}
