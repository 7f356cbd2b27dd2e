using System.CommandLine;
using System.CommandLine.Parsing;
using EmotionStream.Faces;
using EmotionStream.Faces.Onnx;
using Microsoft.Extensions.Options;

namespace EmotionStream.Tools.Analysis;

/// <summary>`analyze FILE...`: measures pictures through the server's own parts, without a server.</summary>
internal static class AnalyzeCommand
{
    private const int CalledWrongly = 2;

    private static readonly Argument<string[]> Words = new("file")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "JPEG, PNG and WebP pictures. After -- every word is a file. The server's settings work here, too: --Stills:MaxPixels=50000000",
    };

    private static readonly Option<bool> Json = Flag("--json", "What POST /api/v1/images answers, with the files' names, instead of a table.");

    private static readonly Option<bool> NoChart = Flag("--no-chart", "The table without the bars below it.");

    private static readonly Option<bool> Heatmap = Flag("--heatmap", "In JSON, also where in the face the emotion was seen.");

    public static Command Create()
    {
        var command = new Command(
            "analyze",
            "Tells what each face in pictures appears to show. Exits with 0 if every picture could be read, 1 if one could not, 2 if it was called wrongly.")
        {
            Words, Json, NoChart, Heatmap,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static Option<bool> Flag(string name, string description) => new(name) { Arity = ArgumentArity.Zero, Description = description };

    private static async Task<int> RunAsync(ParseResult given, CancellationToken cancellation)
    {
        var (output, errors) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
        var (files, dashed) = Sort(given);
        if (dashed.FirstOrDefault(word => !IsSetting(word)) is { } unknown)
        {
            errors.WriteLine($"There is no option '{unknown}'.");
            return CalledWrongly;
        }

        if (files.Length == 0)
        {
            errors.WriteLine("No file was named.");
            return CalledWrongly;
        }

        try
        {
            using var host = CreateHost(dashed);
            await host.StartAsync(cancellation);
            var pictures = await new AnalyzedFiles(host.Services).MeasureAsync(files, given.GetValue(Heatmap));
            await host.StopAsync(cancellation);
            Write(pictures, given, output, errors);
            return pictures.All(picture => picture.Problem is null) ? 0 : 1;
        }
        catch (Exception failure) when (failure is ModelLoadException or OptionsValidationException)
        {
            errors.WriteLine(failure.Message);
            return CalledWrongly;
        }
    }

    /// <summary>Tells files from words with two dashes before them, which the parser takes for files where they are no options of its own.</summary>
    private static (string[] Files, string[] Dashed) Sort(ParseResult given)
    {
        var words = given.GetRequiredValue(Words);
        var beforeDashes = given.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Count(token => token.Type == TokenType.Argument);
        var dashed = words.Take(beforeDashes).Where(word => word.StartsWith("--", StringComparison.Ordinal)).ToArray();
        return ([.. words.Take(beforeDashes).Where(word => !dashed.Contains(word)), .. words.Skip(beforeDashes)], dashed);
    }

    private static bool IsSetting(string word) => word.Contains(':') && word.Contains('=');

    private static void Write(IReadOnlyList<MeasuredFile> pictures, ParseResult given, TextWriter output, TextWriter errors)
    {
        if (given.GetValue(Json))
        {
            AnalysisJson.Write(pictures, output);
        }
        else
        {
            AnalysisTable.Write(pictures, !given.GetValue(NoChart), output, errors);
        }
    }

    private static IHost CreateHost(string[] settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        // The answer is on the standard output; of the rest only what went wrong, elsewhere.
        builder.Configuration["Logging:LogLevel:Default"] = nameof(LogLevel.Warning);
        // What keeps it from starting is told in a sentence of our own.
        builder.Configuration["Logging:LogLevel:Microsoft.Extensions.Hosting"] = nameof(LogLevel.None);
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddFaces();
        return builder.Build();
    }
}
