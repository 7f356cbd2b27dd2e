using System.CommandLine;
using System.CommandLine.Parsing;
using EmotionStream.Faces.Onnx;
using EmotionStream.Tools.Analysis;
using EmotionStream.Tools.Evaluation;
using EmotionStream.Tools.Evaluation.Emotions;
using EmotionStream.Tools.Evaluation.Faces;

namespace EmotionStream.Tools;

/// <summary>The commands that the program has beside serving.</summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int CalledWrongly = 2;

    // A file's name may begin with @ or with a single dash.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>Runs the command that the arguments begin with and returns its exit code; null where they are the server's settings.</summary>
    public static async Task<int?> TryRunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        if (args is [] || IsSetting(args[0]))
        {
            return null;
        }

        var parsed = CreateRoot().Parse(args, Parser);
        string[] problems = [.. ProblemsOf(parsed)];
        if (problems.Length > 0)
        {
            Array.ForEach(problems, errors.WriteLine);
            errors.WriteLine($"See {parsed.CommandResult.Command.Name} --help.");
            return CalledWrongly;
        }

        try
        {
            // Signals are left to the host, or end the program at once.
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output, Error = errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
            });
        }
        catch (Exception problem) when (problem is EvaluationException or ModelLoadException)
        {
            errors.WriteLine(problem.Message);
            return Failed;
        }
    }

    /// <summary>In any of the forms that .NET's configuration reads: --key=value, --key value, /key value, key=value.</summary>
    private static bool IsSetting(string argument) =>
        argument is not ("--help" or "-h" or "-?" or "--version") && (argument is ['-' or '/', ..] || argument.Contains('='));

    private static RootCommand CreateRoot()
    {
        var root = new RootCommand("A real-time emotion server. Without a command it serves; its settings are then arguments, such as --Sessions:MaxSessions=50.")
        {
            AnalyzeCommand.Create(),
            EmotionCommand.Create(),
            FaceCommand.Create(),
            ReplayCommand.Create(),
        };
        // Without one, a misspelled command is also reported as missing.
        root.SetAction(_ => { });
        return root;
    }

    private static IEnumerable<string> ProblemsOf(ParseResult parsed) => parsed.Errors.Select(error => error.Message).Concat(
        // The parser would take an option's name for the value of the one before it.
        from option in parsed.CommandResult.Children.OfType<OptionResult>()
        where option.Tokens.Any(token => token.Value.StartsWith("--", StringComparison.Ordinal))
        select $"A value is missing after {option.Option.Name}.");
}
