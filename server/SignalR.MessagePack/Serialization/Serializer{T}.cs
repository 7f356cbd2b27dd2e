using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Serialization;

/// <summary>Turns values of <typeparamref name="T"/> into MessagePack and back without boxing them.</summary>
internal abstract class Serializer<T> : Serializer
{
    public abstract T? Read(ref MessagePackReader reader);

    public abstract void Write(ref MessagePackWriter writer, T? value);

    public sealed override object? ReadObject(ref MessagePackReader reader) => Read(ref reader);

    public sealed override void WriteObject(ref MessagePackWriter writer, object value) => Write(ref writer, (T)value);
}
