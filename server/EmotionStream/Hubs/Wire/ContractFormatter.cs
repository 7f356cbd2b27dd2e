using System.Reflection;
using MessagePack;
using MessagePack.Formatters;

namespace EmotionStream.Hubs.Wire;

/// <summary>A contract record as a map. Unknown keys are skipped; what the map lacks keeps its parameter's default.</summary>
internal sealed class ContractFormatter<T> : IMessagePackFormatter<T?>
    where T : class
{
    private readonly ConstructorInfo _constructor = typeof(T).GetConstructors().Single();
    private readonly ContractMember<T>[] _members =
        [.. WireMessagePack.Json.GetTypeInfo(typeof(T)).Properties.Select(ContractMember<T>.Of)];

    private readonly Dictionary<string, ContractMember<T>> _byName;
    private readonly object?[] _defaults;

    public ContractFormatter()
    {
        _byName = _members.ToDictionary(member => member.Name, StringComparer.Ordinal);
        _defaults = [.. _members.OrderBy(member => member.Parameter.Position).Select(member => member.Parameter.DefaultValue)];
    }

    public void Serialize(ref MessagePackWriter writer, T? value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        var count = 0;
        foreach (var member in _members)
        {
            count += member.IsPresent(value) ? 1 : 0;
        }

        writer.WriteMapHeader(count);
        foreach (var member in _members)
        {
            if (member.IsPresent(value))
            {
                writer.WriteRaw(member.EncodedName);
                member.Write(ref writer, value, options);
            }
        }
    }

    public T? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        options.Security.DepthStep(ref reader);
        object?[] values = [.. _defaults];
        for (var pairs = reader.ReadMapHeader(); pairs > 0; pairs--)
        {
            if (_byName.TryGetValue(reader.ReadString() ?? "", out var member))
            {
                values[member.Parameter.Position] = member.Read(ref reader, options);
            }
            else
            {
                reader.Skip();
            }
        }

        reader.Depth--;
        return (T)_constructor.Invoke(values);
    }
}
