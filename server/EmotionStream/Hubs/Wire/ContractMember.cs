using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Internal;

namespace EmotionStream.Hubs.Wire;

/// <summary>One property of a contract record, by the rules that System.Text.Json has for it.</summary>
internal abstract class ContractMember<T>(JsonPropertyInfo property)
{
    public string Name => property.Name;

    /// <summary>The name as it goes into every message.</summary>
    /// <remarks>Not made by MessagePackSerializer: formatters are created while it serializes, and it has one buffer a thread.</remarks>
    public byte[] EncodedName { get; } = CodeGenHelpers.GetEncodedStringBytes(property.Name);

    /// <summary>The constructor's parameter that takes the value.</summary>
    public JsonParameterInfo Parameter { get; } = property.AssociatedParameter
        ?? throw new NotSupportedException($"{typeof(T)}.{property.Name} is no parameter of its record.");

    public static ContractMember<T> Of(JsonPropertyInfo property) => (ContractMember<T>)Activator.CreateInstance(
        typeof(TypedMember<>).MakeGenericType(typeof(T), property.PropertyType), property)!;

    public abstract bool IsPresent(T contract);

    public abstract void Write(ref MessagePackWriter writer, T contract, MessagePackSerializerOptions options);

    public abstract object? Read(ref MessagePackReader reader, MessagePackSerializerOptions options);

    /// <summary>Knows the property's type, so that an answer's numbers are written without being boxed.</summary>
    private sealed class TypedMember<TValue>(JsonPropertyInfo property) : ContractMember<T>(property)
    {
        private readonly Func<T, TValue> _get = ((PropertyInfo)property.AttributeProvider!).GetMethod!.CreateDelegate<Func<T, TValue>>();
        private readonly Func<object, object?, bool>? _condition = property.ShouldSerialize;
        private readonly IMessagePackFormatter<TValue> _formatter = WireMessagePack.Options.Resolver.GetFormatterWithVerify<TValue>();

        public override bool IsPresent(T contract) => _condition is null || _condition(contract!, _get(contract));

        public override void Write(ref MessagePackWriter writer, T contract, MessagePackSerializerOptions options) =>
            _formatter.Serialize(ref writer, _get(contract), options);

        public override object? Read(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
            _formatter.Deserialize(ref reader, options);
    }
}
