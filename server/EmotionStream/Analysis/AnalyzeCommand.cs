using EmotionStream.Inference;
using EmotionStream.Onnx;
using EmotionStream.Pipeline;
using EmotionStream.Stills;
using EmotionStream.Telemetry;
using EmotionStream.Vision;
using Microsoft.Extensions.Options;

namespace EmotionStream.Analysis;

/// <summary>`analyze FILE...`: measures pictures through the server's own parts, without a server.</summary>
internal static class AnalyzeCommand
{
    private const string Name = "analyze";

    private const string Usage = """
        analyze FILE... [--json] [--no-chart] [--heatmap] [--SETTING=VALUE]

          Tells what each face in JPEG, PNG and WebP pictures appears to show.

          --json      the same as POST /api/v1/images answers, with the files' names, instead of a table
          --no-chart  the table without the bars below it
          --heatmap   in JSON, where in the face it was seen
          --          what follows is a file, whatever it begins with
          Settings are the server's, such as --Stills:MaxPixels=50000000.

          Ends with 0 when every picture could be read (a face need not be in it), with 1 when one could not, with 2 when it was called wrongly.
        """;

    /// <summary>Runs the command if it is the one that is meant, and returns its exit code; null otherwise.</summary>
    public static async Task<int?> TryRunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        if (args.FirstOrDefault() != Name)
        {
            return null;
        }

        if (args.Contains("--help"))
        {
            output.WriteLine(Usage);
            return 0;
        }

        if (!AnalyzeArguments.TryParse(args.AsSpan(1), out var arguments, out var problem))
        {
            errors.WriteLine(problem);
            errors.WriteLine(Usage);
            return 2;
        }

        try
        {
            return await RunAsync(arguments, output, errors);
        }
        catch (Exception failure) when (failure is ModelLoadException or OptionsValidationException)
        {
            errors.WriteLine(failure.Message);
            return 2;
        }
    }

    private static async Task<int> RunAsync(AnalyzeArguments arguments, TextWriter output, TextWriter errors)
    {
        using var host = CreateHost(arguments.Settings);
        await host.StartAsync();
        var pictures = await new PictureFiles(host.Services).MeasureAsync(arguments.Files, arguments.Heatmap);
        await host.StopAsync();
        if (arguments.Json)
        {
            AnalysisJson.Write(pictures, output);
        }
        else
        {
            AnalysisTable.Write(pictures, arguments.Chart, output, errors);
        }

        return pictures.All(picture => picture.Problem is null) ? 0 : 1;
    }

    private static IHost CreateHost(string[] settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        // The answer is on the standard output; of the rest only what went wrong, elsewhere.
        builder.Configuration["Logging:LogLevel:Default"] = nameof(LogLevel.Warning);
        // What keeps it from starting is told in a sentence of our own.
        builder.Configuration["Logging:LogLevel:Microsoft.Extensions.Hosting"] = nameof(LogLevel.None);
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddTelemetry().AddOnnx().AddVision().AddInference().AddPipeline().AddStills();
        return builder.Build();
    }
}
