using System.Text.Json;
using MessagePack;
using MessagePack.Formatters;

namespace EmotionStream.Hubs.Wire;

/// <summary>Enumerations as the words that they are in JSON.</summary>
internal sealed class WordFormatter<T> : IMessagePackFormatter<T>
    where T : struct, Enum
{
    private readonly Dictionary<T, string> _words =
        Enum.GetValues<T>().ToDictionary(value => value, value => JsonSerializer.SerializeToElement(value, WireMessagePack.Json).GetString()!);

    private readonly Dictionary<string, T> _values;

    public WordFormatter() => _values = _words.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options) => writer.Write(_words[value]);

    public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        _values.TryGetValue(reader.ReadString() ?? "", out var value)
            ? value
            : throw new MessagePackSerializationException($"No {typeof(T).Name} has the name that was sent.");
}
