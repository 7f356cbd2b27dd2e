using System.Collections.Concurrent;
using System.Text.Json;

namespace EmotionStream.SignalR.MessagePack.Serialization;

/// <summary>Finds the serializer of a type; each is made once and kept.</summary>
/// <remarks>Only types that the application itself names are ever asked for: the wire carries no type names.</remarks>
internal sealed class SerializerRegistry
{
    private readonly ConcurrentDictionary<Type, Serializer> _serializers = new();
    private readonly Func<Type, Serializer> _create;

    public SerializerRegistry()
    {
        _create = Create;
        Add(new BooleanSerializer());
        Add(new IntegerSerializer<byte>());
        Add(new IntegerSerializer<sbyte>());
        Add(new IntegerSerializer<short>());
        Add(new IntegerSerializer<ushort>());
        Add(new IntegerSerializer<int>());
        Add(new IntegerSerializer<uint>());
        Add(new IntegerSerializer<long>());
        Add(new UnsignedLongSerializer());
        Add(new SingleSerializer());
        Add(new DoubleSerializer());
        Add(new StringSerializer());
        Add(new GuidSerializer());
        Add(new DateTimeSerializer());
        Add(new DateTimeOffsetSerializer());
        Add(new ByteArraySerializer());
        Add(new ByteMemorySerializer());
        Add(new JsonElementSerializer());
        Add(new DynamicSerializer(this));
    }

    public Serializer Get(Type type) => _serializers.GetOrAdd(type, _create);

    public Serializer<T> Get<T>() => (Serializer<T>)Get(typeof(T));

    private void Add<T>(Serializer<T> serializer) => _serializers[typeof(T)] = serializer;

    private Serializer Create(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Make(typeof(NullableSerializer<>), [underlying], Get(underlying));
        }

        if (type.IsEnum)
        {
            return Make(typeof(EnumSerializer<>), [type]);
        }

        if (type.IsSZArray)
        {
            var item = type.GetElementType()!;
            return Make(typeof(ArraySerializer<>), [item], Get(item));
        }

        if (IsBinaryPayload(type))
        {
            return Make(typeof(BinaryPayloadSerializer<>), [type]);
        }

        if (type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(ReadOnlyMemory<>))
        {
            var item = type.GetGenericArguments()[0];
            return Make(typeof(MemorySerializer<>), [item], Get(item));
        }

        return ItemOf(type) is { } member ? CreateForItems(type, member) : Make(typeof(ContractSerializer<>), [type], this);
    }

    private Serializer CreateForItems(Type type, Type item)
    {
        if (item.IsConstructedGenericType && item.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
        {
            var pair = item.GetGenericArguments();
            return pair[0] == typeof(string)
                ? Make(typeof(DictionarySerializer<,>), [type, pair[1]], Get(pair[1]))
                : throw new NotSupportedException($"{type} has keys that are not strings.");
        }

        return Make(typeof(SequenceSerializer<,>), [type, item], Get(item));
    }

    private static bool IsBinaryPayload(Type type) => type.GetInterfaces().Any(face =>
        face.IsConstructedGenericType
        && face.GetGenericTypeDefinition() == typeof(IBinaryPayload<>)
        && face.GetGenericArguments()[0] == type);

    private static Type? ItemOf(Type type) => type.GetInterfaces()
        .Prepend(type)
        .FirstOrDefault(face => face.IsConstructedGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))
        ?.GetGenericArguments()[0];

    private static Serializer Make(Type generic, Type[] of, params object[] dependencies) =>
        (Serializer)Activator.CreateInstance(generic.MakeGenericType(of), dependencies)!;
}
