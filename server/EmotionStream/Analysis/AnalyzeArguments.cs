using System.Diagnostics.CodeAnalysis;

namespace EmotionStream.Analysis;

/// <summary>What `analyze` was asked to do.</summary>
/// <param name="Settings">Arguments that are the server's settings.</param>
internal sealed record AnalyzeArguments(IReadOnlyList<string> Files, bool Json, bool Chart, bool Heatmap, string[] Settings)
{
    public static bool TryParse(ReadOnlySpan<string> args, [NotNullWhen(true)] out AnalyzeArguments? arguments, [NotNullWhen(false)] out string? problem)
    {
        List<string> files = [], flags = [], settings = [];
        var onlyFiles = false;
        (arguments, problem) = (null, null);
        foreach (var argument in args)
        {
            if (onlyFiles || !argument.StartsWith("--", StringComparison.Ordinal))
            {
                files.Add(argument);
            }
            else if (argument == "--")
            {
                onlyFiles = true;
            }
            else if (argument is "--json" or "--no-chart" or "--heatmap")
            {
                flags.Add(argument);
            }
            else if (argument.Contains(':') && argument.Contains('='))
            {
                settings.Add(argument);
            }
            else
            {
                problem = $"There is no option '{argument}'.";
                return false;
            }
        }

        if (files.Count == 0)
        {
            problem = "No file was named.";
            return false;
        }

        arguments = new AnalyzeArguments(files, flags.Contains("--json"), !flags.Contains("--no-chart"), flags.Contains("--heatmap"), [.. settings]);
        return true;
    }
}
