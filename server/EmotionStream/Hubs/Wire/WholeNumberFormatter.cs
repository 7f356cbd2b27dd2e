using MessagePack;
using MessagePack.Formatters;

namespace EmotionStream.Hubs.Wire;

/// <summary>Whole numbers, also from clients whose language has one type of number and sends 3 as 3.0.</summary>
internal sealed class WholeNumberFormatter : IMessagePackFormatter<long>
{
    public void Serialize(ref MessagePackWriter writer, long value, MessagePackSerializerOptions options) => writer.Write(value);

    public long Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.NextMessagePackType != MessagePackType.Float)
        {
            return reader.ReadInt64();
        }

        var number = reader.ReadDouble();
        return double.IsInteger(number) ? checked((long)number) : throw new MessagePackSerializationException("The number is not whole.");
    }
}
