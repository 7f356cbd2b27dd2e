using System.Buffers;
using System.Reflection;
using System.Text.Json.Serialization;
using EmotionStream.SignalR.MessagePack.Format;

namespace EmotionStream.SignalR.MessagePack.Serialization;

/// <summary>One property of a contract type and how it travels.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Property">The property that is read when writing, and set when no parameter takes the value.</param>
/// <param name="Parameter">The constructor parameter that takes the value, if one does.</param>
/// <param name="Ignore">When the property is left out.</param>
/// <param name="IsRequired">Whether a message without it is refused.</param>
internal sealed record ContractMember(
    string Name, PropertyInfo Property, ParameterInfo? Parameter, JsonIgnoreCondition Ignore, bool IsRequired)
{
    public Type Type => Property.PropertyType;

    public bool IsReadable => Parameter is not null || Property.SetMethod is { IsPublic: true };

    public bool IsOptional => Ignore is JsonIgnoreCondition.WhenWritingDefault
        || (Ignore is JsonIgnoreCondition.WhenWritingNull && (!Type.IsValueType || Nullable.GetUnderlyingType(Type) is not null));

    /// <summary>The name as a complete MessagePack string, ready to be copied into a message.</summary>
    public byte[] EncodeName()
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(bytes);
        writer.WriteString(Name);
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
