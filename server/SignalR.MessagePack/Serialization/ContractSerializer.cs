using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Serialization;

/// <summary>Reads one contract object, header included.</summary>
internal delegate T ContractRead<T>(ref MessagePackReader reader);

/// <summary>Writes one contract object, header included.</summary>
internal delegate void ContractWrite<T>(ref MessagePackWriter writer, T value);

/// <summary>Records and classes, as maps from member names to values.</summary>
/// <remarks>The code for a type is compiled when it is first needed, which also lets types refer to each other in a circle.</remarks>
internal sealed class ContractSerializer<T>(SerializerRegistry registry) : Serializer<T>
{
    private readonly Lazy<ContractRead<T>> _read = new(() => ContractReadCompiler.Compile<T>(registry));
    private readonly Lazy<ContractWrite<T>> _write = new(() => ContractWriteCompiler.Compile<T>(registry));

    public override T? Read(ref MessagePackReader reader)
    {
        if (default(T) is null && reader.TryReadNil())
        {
            return default;
        }

        reader.Enter();
        var value = _read.Value(ref reader);
        reader.Leave();
        return value;
    }

    public override void Write(ref MessagePackWriter writer, T? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.Enter();
        _write.Value(ref writer, value);
        writer.Leave();
    }
}
