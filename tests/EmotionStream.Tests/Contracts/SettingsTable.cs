using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EmotionStream.Tests.Contracts;

/// <summary>Options classes as rows of a table: names from their properties, defaults from a new object, meanings from the comments.</summary>
internal static partial class SettingsTable
{
    public const string Header = "| setting | type | default | range | meaning |";

    public const string SectionField = "Section";

    private static readonly Dictionary<Assembly, Dictionary<string, XElement>> Comments = [];

    public static string Write(IEnumerable<Type> options) =>
        string.Concat(options.Select(type => (Type: type, Section: (string)type.GetField(SectionField)!.GetValue(null)!))
            .OrderBy(section => section.Section, StringComparer.Ordinal)
            .SelectMany(section => Rows(section.Type, Activator.CreateInstance(section.Type), section.Section))
            .Prepend("| --- | --- | --- | --- | --- |")
            .Prepend(Header)
            .Select(row => row + "\n"));

    /// <param name="defaults">None for what is in a list that is empty by default.</param>
    private static IEnumerable<string> Rows(Type type, object? defaults, string path) =>
        type.GetProperties().Where(property => property.SetMethod is not null)
            .SelectMany(property => Rows(property, defaults is null ? null : property.GetValue(defaults), $"{path}:{property.Name}"));

    private static IEnumerable<string> Rows(PropertyInfo property, object? value, string name)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)))
        {
            (type, value, name) = (type.GetElementType() ?? type.GetGenericArguments()[0], null, name + ":0");
        }

        return type.Namespace!.StartsWith(nameof(EmotionStream), StringComparison.Ordinal) && !type.IsEnum
            ? Rows(type, value, name)
            : [$"| `{name}` | {Word(type)} | {Default(value)} | {Range(property, type)} | {Meaning(property)} |"];
    }

    private static string Word(Type type) =>
        type == typeof(string) ? "text"
        : type == typeof(bool) ? "flag"
        : type == typeof(TimeSpan) ? "time"
        : type.IsEnum ? "word"
        : type == typeof(int) || type == typeof(long) ? "integer"
        : type == typeof(double) ? "number"
        : throw new NotSupportedException($"The table has no word for {type}.");

    private static string Default(object? value) => value switch
    {
        null or string { Length: 0 } => "",
        bool flag => flag ? "`true`" : "`false`",
        Enum word => $"`{Lower(word.ToString())}`",
        TimeSpan time when time.Ticks % TimeSpan.TicksPerSecond != 0 => $"`{time.ToString("c").TrimEnd('0')}`",
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        _ => $"`{value}`",
    };

    private static string Range(PropertyInfo property, Type type) => string.Join(", ", property.GetCustomAttributes().Select(rule => rule switch
    {
        RangeAttribute range => $"{Bound(range.Minimum)} to {Bound(range.Maximum)}",
        MinLengthAttribute shortest => $"{shortest.Length} characters or more",
        MaxLengthAttribute longest => $"{longest.Length} characters at most",
        _ => "",
    }).Append(type.IsEnum ? string.Join(", ", Enum.GetNames(type).Select(Lower)) : "").Where(rule => rule.Length > 0));

    private static string Bound(object bound) => Convert.ToString(bound, CultureInfo.InvariantCulture)!;

    private static string Lower(string word) => word.ToLowerInvariant();

    private static string Meaning(PropertyInfo property)
    {
        var owner = property.DeclaringType!;
        var comments = CommentsOf(owner.Assembly);
        // A record's properties are described as its constructor's parameters.
        var summary = comments.GetValueOrDefault($"P:{owner.FullName}.{property.Name}")?.Element("summary")
            ?? comments[$"T:{owner.FullName}"].Elements("param").FirstOrDefault(parameter => parameter.Attribute("name")!.Value == property.Name)
            ?? throw new InvalidOperationException($"{owner.Name}.{property.Name} has no comment to stand in the table.");
        var text = string.Concat(summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement reference => $"`{reference.Attribute("cref")!.Value.Split('.')[^1]}`",
            _ => ((XText)node).Value,
        }));
        return Spaces().Replace(text, " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static Dictionary<string, XElement> CommentsOf(Assembly assembly)
    {
        if (!Comments.TryGetValue(assembly, out var comments))
        {
            var file = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
            Comments[assembly] = comments = XDocument.Load(file).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);
        }

        return comments;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
