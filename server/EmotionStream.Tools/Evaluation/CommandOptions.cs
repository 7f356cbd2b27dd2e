using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace EmotionStream.Tools.Evaluation;

/// <summary>Makes the measuring commands' options.</summary>
internal static class CommandOptions
{
    public static Option<string> Text(string name, string kind, string description, string? fallback = null)
    {
        var option = new Option<string>(name) { HelpName = kind, Description = description, Required = fallback is null };
        if (fallback is not null)
        {
            option.DefaultValueFactory = _ => fallback;
        }

        return option;
    }

    public static Option<string?> JsonFile() => new("--json") { HelpName = "FILE", Description = "Also writes the figures to this file." };

    /// <summary>One of a few words; the first if none is given.</summary>
    public static Option<string> Choice(string name, string description, params string[] words) => new(name)
    {
        HelpName = string.Join('|', words),
        Description = description,
        DefaultValueFactory = _ => words[0],
        CustomParser = given => words.FirstOrDefault(word => word.Equals(Value(given), StringComparison.OrdinalIgnoreCase))
            ?? Refuse<string>(given, $"{name} is {List(words)}, not '{Value(given)}'."),
    };

    public static Option<double> Number(string name, string kind, string description, double least, double most, double fallback) => new(name)
    {
        HelpName = kind,
        Description = description,
        DefaultValueFactory = _ => fallback,
        CustomParser = given => double.TryParse(Value(given), CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : Refuse<double>(given, string.Create(CultureInfo.InvariantCulture, $"{name} is a number from {least} to {most}, not '{Value(given)}'.")),
    };

    private static string List(string[] words) => string.Join(", ", words[..^1]) + " or " + words[^1];

    private static string Value(ArgumentResult given) => given.Tokens[^1].Value;

    private static T? Refuse<T>(ArgumentResult given, string problem)
    {
        given.AddError(problem);
        return default;
    }
}
