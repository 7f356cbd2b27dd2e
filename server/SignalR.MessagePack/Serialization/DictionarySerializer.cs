using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Serialization;

/// <summary>Maps from names to values of one type.</summary>
internal sealed class DictionarySerializer<TDictionary, TValue>(Serializer<TValue> item) : Serializer<TDictionary>
    where TDictionary : IEnumerable<KeyValuePair<string, TValue>>
{
    private static readonly bool s_isDictionary = typeof(TDictionary).IsAssignableFrom(typeof(Dictionary<string, TValue>));

    public override TDictionary? Read(ref MessagePackReader reader)
    {
        if (default(TDictionary) is null && reader.TryReadNil())
        {
            return default;
        }

        return s_isDictionary
            ? (TDictionary)(object)ReadPairs(ref reader)
            : throw new NotSupportedException($"{typeof(TDictionary)} can be sent but not received; Dictionary and its interfaces can.");
    }

    public override void Write(ref MessagePackWriter writer, TDictionary? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteMapHeader(value.Count());
        writer.Enter();
        foreach (var (name, content) in value)
        {
            writer.WriteString(name);
            item.Write(ref writer, content);
        }

        writer.Leave();
    }

    private Dictionary<string, TValue> ReadPairs(ref MessagePackReader reader)
    {
        // Not sized by the header, which is only a promise.
        var pairs = new Dictionary<string, TValue>();
        var count = reader.ReadMapHeader();
        reader.Enter();
        for (var i = 0; i < count; i++)
        {
            var name = reader.ReadString();
            pairs[name] = item.Read(ref reader)!;
        }

        reader.Leave();
        return pairs;
    }
}
