using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EmotionStream.Contracts;

namespace EmotionStream.Tests.Contracts;

/// <summary>Writes C# types as the TypeScript types of their JSON: names, optional members and comments are those that the serializer and the document know.</summary>
/// <param name="json">How the types are serialized.</param>
/// <param name="requests">Types that the server reads: a member with a default value may be left out.</param>
internal sealed partial class TypeScriptWriter(JsonSerializerOptions json, IReadOnlySet<Type> requests)
{
    // What C# has as text or numbers, and the pages know more closely.
    private static readonly HashSet<string> LabelNames = ["dominant", "label", "answer", "for"];
    private readonly SortedDictionary<string, string> _written = new(StringComparer.Ordinal);
    private readonly HashSet<string> _documents = [];
    private readonly Dictionary<string, XElement> _comments = [];

    /// <summary>Writes a type and all that it is made of.</summary>
    public void Add(Type type) => Name(type);

    public override string ToString() => $$"""
        // The server's own types as they cross the wire. ContractTypesTests writes this file: see wwwroot/README.md.

        /** The order of every array of eight probabilities. */
        export const emotionLabels = [{{string.Join(", ", EmotionLabels.All.Select(Quoted))}}] as const;
        export type Emotion = (typeof emotionLabels)[number];

        /** One color an emotion, the same in every chart and overlay; each is seen on a white page and on a black one. */
        export const palette: Readonly<Record<Emotion, string>> = {
        {{string.Join("\n", EmotionLabels.Table.Select(label => $"  {label.Name}: \"#{label.Color:x6}\","))}}
        };

        /** Left, top, width and height, each 0..1 of the upright picture. */
        export type Box = readonly [x: number, y: number, width: number, height: number];

        {{string.Join("\n\n", _written.Values)}}

        """;

    private string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Name(value);
        }

        // Bytes are written in base64.
        if (type == typeof(string) || type == typeof(byte[]))
        {
            return "string";
        }

        if (type == typeof(bool))
        {
            return "boolean";
        }

        if (type.IsPrimitive)
        {
            return "number";
        }

        if (typeof(JsonNode).IsAssignableFrom(type) || type == typeof(object))
        {
            return "unknown";
        }

        return type.IsEnum ? Enumeration(type) : json.GetTypeInfo(type) switch
        {
            { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } => $"readonly {Item(Name(element))}[]",
            { Kind: JsonTypeInfoKind.Dictionary, ElementType: { } element } => $"Readonly<Record<string, {Name(element)}>>",
            { Kind: JsonTypeInfoKind.Object } contract => Interface(contract),
            var other => throw new NotSupportedException($"{other.Type} is written by a converter of its own."),
        };
    }

    private string Enumeration(Type type)
    {
        var words = Enum.GetNames(type).Select(name => Quoted(JsonNamingPolicy.SnakeCaseLower.ConvertName(name)));
        var all = type == typeof(Medium) ? "media" : JsonNamingPolicy.CamelCase.ConvertName(type.Name) + "s";
        _written[type.Name] = $"{Comment(Summary(type), "")}export const {all} = [{string.Join(", ", words)}] as const;\nexport type {type.Name} = (typeof {all})[number];";
        return type.Name;
    }

    private string Interface(JsonTypeInfo contract)
    {
        var type = contract.Type;
        if (_written.TryAdd(type.Name, ""))
        {
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"{Comment(Summary(type), "")}export interface {type.Name} {{\n");
            foreach (var member in contract.Properties)
            {
                text.Append(CultureInfo.InvariantCulture, $"{Comment(Meaning(type, member), "  ")}  readonly {member.Name}{Type(type, member)};\n");
            }

            _written[type.Name] = text.Append('}').ToString();
        }

        return type.Name;
    }

    private string Type(Type owner, JsonPropertyInfo member)
    {
        var ignored = member.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true).Length > 0;
        var optional = ignored || (requests.Contains(owner) && member.AssociatedParameter is { HasDefaultValue: true });
        var nullable = !ignored && (Nullable.GetUnderlyingType(member.PropertyType) is not null || (!member.PropertyType.IsValueType && member.IsGetNullable));
        var name = (member.Name, Name(member.PropertyType)) switch
        {
            ("box", _) => "Box",
            ("labels", "readonly string[]") => "readonly Emotion[]",
            (var label, "string") when LabelNames.Contains(label) => "Emotion",
            var (_, plain) => plain,
        };
        return (optional ? "?: " : ": ") + name + (nullable && name != "unknown" ? " | null" : "") + (optional && !ignored ? " | undefined" : "");
    }

    private static string Item(string name) => name.Contains(' ', StringComparison.Ordinal) ? $"({name})" : name;

    private static string Quoted(string word) => $"\"{word}\"";

    private static string Comment(string? text, string indent) => text is null ? "" : $"{indent}/** {text} */\n";

    private string? Summary(Type type) => Text(Documentation(type)?.Element("summary"));

    private string? Meaning(Type type, JsonPropertyInfo member) =>
        Text(Documentation(type)?.Elements("param").FirstOrDefault(param => string.Equals((string?)param.Attribute("name"), member.Name, StringComparison.OrdinalIgnoreCase)));

    private XElement? Documentation(Type type)
    {
        var file = Path.ChangeExtension(type.Assembly.Location, ".xml");
        if (_documents.Add(file) && File.Exists(file))
        {
            foreach (var member in XDocument.Load(file).Descendants("member"))
            {
                _comments[(string)member.Attribute("name")!] = member;
            }
        }

        return _comments.GetValueOrDefault($"T:{type.FullName}");
    }

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var words = element.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } see => ((string)see.Attribute("cref")!).Split('.')[^1],
            XElement { Name.LocalName: "paramref" } parameter => JsonNamingPolicy.CamelCase.ConvertName((string)parameter.Attribute("name")!),
            XElement other => other.Value,
            XText text => text.Value,
            _ => "",
        });
        return Spaces().Replace(string.Concat(words), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
