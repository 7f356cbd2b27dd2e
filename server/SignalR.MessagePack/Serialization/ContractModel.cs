using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EmotionStream.SignalR.MessagePack.Serialization;

/// <summary>What a contract type sends and how it is made, by the rules and attributes of System.Text.Json.</summary>
/// <remarks>Following those rules lets one set of contract types serve the JSON protocol and this one with the same names.</remarks>
internal sealed record ContractModel(ConstructorInfo? Constructor, IReadOnlyList<ContractMember> Members)
{
    public static ContractModel Of(Type type)
    {
        // A TimeSpan or a tuple written property by property would surprise everybody.
        if (type.Assembly == typeof(object).Assembly)
        {
            throw new NotSupportedException($"{type} has no MessagePack form here.");
        }

        var constructor = ConstructorOf(type);
        var parameters = constructor?.GetParameters() ?? [];
        var members = type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            .Select(property => MemberOf(property, parameters))
            .Where(member => member.Ignore != JsonIgnoreCondition.Always)
            .ToArray();
        return new ContractModel(constructor, members);
    }

    private static ConstructorInfo? ConstructorOf(Type type)
    {
        var constructors = type.GetConstructors();
        return constructors.SingleOrDefault(constructor => constructor.IsDefined(typeof(JsonConstructorAttribute)))
            ?? constructors.FirstOrDefault(constructor => constructor.GetParameters().Length == 0)
            ?? (constructors.Length == 1 ? constructors[0] : null);
    }

    private static ContractMember MemberOf(PropertyInfo property, ParameterInfo[] parameters)
    {
        var name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        var parameter = Array.Find(parameters, candidate =>
            string.Equals(candidate.Name, property.Name, StringComparison.OrdinalIgnoreCase) && candidate.ParameterType == property.PropertyType);
        var ignore = property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition ?? JsonIgnoreCondition.Never;
        var required = property.IsDefined(typeof(JsonRequiredAttribute)) || property.IsDefined(typeof(RequiredMemberAttribute));
        return new ContractMember(name, property, parameter, ignore, required);
    }
}
