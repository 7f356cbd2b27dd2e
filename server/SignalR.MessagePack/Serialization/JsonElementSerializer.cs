using System.Buffers;
using System.Text.Json;
using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Serialization;

/// <summary>Values whose shape the application leaves open, as JSON on our side of the wire.</summary>
internal sealed class JsonElementSerializer : Serializer<JsonElement>
{
    public override JsonElement Read(ref MessagePackReader reader)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            ReadValue(ref reader, writer);
        }

        var parser = new Utf8JsonReader(json.WrittenSpan);
        return JsonElement.ParseValue(ref parser);
    }

    public override void Write(ref MessagePackWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                writer.WriteBoolean(value.GetBoolean());
                break;
            case JsonValueKind.Number:
                WriteNumber(ref writer, value);
                break;
            case JsonValueKind.String:
                writer.WriteString(value.GetString());
                break;
            case JsonValueKind.Array:
                WriteArray(ref writer, value);
                break;
            case JsonValueKind.Object:
                WriteObject(ref writer, value);
                break;
            default:
                writer.WriteNil();
                break;
        }
    }

    private static void ReadValue(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        switch (reader.NextKind)
        {
            case MessagePackKind.Nil:
                reader.TryReadNil();
                json.WriteNullValue();
                break;
            case MessagePackKind.Boolean:
                json.WriteBooleanValue(reader.ReadBoolean());
                break;
            case MessagePackKind.Integer or MessagePackKind.Float:
                ReadNumber(ref reader, json);
                break;
            case MessagePackKind.String:
                json.WriteStringValue(reader.ReadString());
                break;
            case MessagePackKind.Binary:
                json.WriteBase64StringValue(reader.ReadBinary().ToArray());
                break;
            case MessagePackKind.Array:
                ReadArray(ref reader, json);
                break;
            case MessagePackKind.Map:
                ReadMap(ref reader, json);
                break;
            default:
                json.WriteStringValue(MessagePackTimestamp.Read(ref reader));
                break;
        }
    }

    private static void ReadNumber(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        switch (reader.ReadNumber().ToObject())
        {
            case long number:
                json.WriteNumberValue(number);
                break;
            case ulong number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            default:
                throw Malformed.Because("JSON has no numbers beyond the finite ones");
        }
    }

    private static void ReadArray(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        var count = reader.ReadArrayHeader();
        reader.Enter();
        json.WriteStartArray();
        for (var i = 0; i < count; i++)
        {
            ReadValue(ref reader, json);
        }

        json.WriteEndArray();
        reader.Leave();
    }

    private static void ReadMap(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        var count = reader.ReadMapHeader();
        reader.Enter();
        json.WriteStartObject();
        for (var i = 0; i < count; i++)
        {
            json.WritePropertyName(reader.ReadString());
            ReadValue(ref reader, json);
        }

        json.WriteEndObject();
        reader.Leave();
    }

    private static void WriteNumber(ref MessagePackWriter writer, JsonElement value)
    {
        if (value.TryGetInt64(out var whole))
        {
            writer.WriteInteger(whole);
        }
        else if (value.TryGetUInt64(out var large))
        {
            writer.WriteInteger(large);
        }
        else
        {
            writer.WriteDouble(value.GetDouble());
        }
    }

    private void WriteArray(ref MessagePackWriter writer, JsonElement value)
    {
        writer.WriteArrayHeader(value.GetArrayLength());
        writer.Enter();
        foreach (var item in value.EnumerateArray())
        {
            Write(ref writer, item);
        }

        writer.Leave();
    }

    private void WriteObject(ref MessagePackWriter writer, JsonElement value)
    {
        writer.WriteMapHeader(value.GetPropertyCount());
        writer.Enter();
        foreach (var property in value.EnumerateObject())
        {
            writer.WriteString(property.Name);
            Write(ref writer, property.Value);
        }

        writer.Leave();
    }
}
