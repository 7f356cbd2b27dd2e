using System.Buffers;
using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Serialization;

/// <summary>Binary data in an array of its own.</summary>
internal sealed class ByteArraySerializer : Serializer<byte[]>
{
    public override byte[]? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : reader.ReadBinary().ToArray();

    public override void Write(ref MessagePackWriter writer, byte[]? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteBinary(value);
    }
}

/// <summary>Binary data that may be a part of something larger when it is written.</summary>
internal sealed class ByteMemorySerializer : Serializer<ReadOnlyMemory<byte>>
{
    public override ReadOnlyMemory<byte> Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? default : reader.ReadBinary().ToArray();

    public override void Write(ref MessagePackWriter writer, ReadOnlyMemory<byte> value) => writer.WriteBinary(value.Span);
}

/// <summary>Binary data that a type of the application takes over itself.</summary>
internal sealed class BinaryPayloadSerializer<T> : Serializer<T>
    where T : IBinaryPayload<T>
{
    public override T Read(ref MessagePackReader reader) => T.Read(reader.ReadBinary());

    public override void Write(ref MessagePackWriter writer, T? value) =>
        throw new NotSupportedException($"{typeof(T)} is only for receiving; send its bytes as ReadOnlyMemory<byte>.");
}
