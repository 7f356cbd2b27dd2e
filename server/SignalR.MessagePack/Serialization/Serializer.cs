using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Serialization;

/// <summary>Turns values of one type, known only at run time, into MessagePack and back.</summary>
internal abstract class Serializer
{
    public abstract object? ReadObject(ref MessagePackReader reader);

    public abstract void WriteObject(ref MessagePackWriter writer, object value);
}
