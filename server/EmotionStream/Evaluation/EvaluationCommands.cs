using System.Text.Json;
using EmotionStream.Evaluation.Emotions;
using EmotionStream.Evaluation.Faces;
using EmotionStream.Onnx;

namespace EmotionStream.Evaluation;

/// <summary>The commands that measure the models through the server's own code instead of serving.</summary>
internal static class EvaluationCommands
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new ShortNumbers() } };

    /// <summary>Runs the command that the arguments begin with and returns its exit code; null where the server itself is meant.</summary>
    public static int? TryRun(string[] args, TextWriter output, TextWriter errors)
    {
        Action<string[], TextWriter, TextWriter>? command = args.FirstOrDefault() switch
        {
            "evaluate" => EmotionCommand.Run,
            "evaluate-faces" => FaceCommand.Run,
            "replay" => ReplayCommand.Run,
            _ => null,
        };
        if (command is null)
        {
            return null;
        }

        try
        {
            command(args[1..], output, errors);
            return 0;
        }
        catch (Exception problem) when (problem is EvaluationException or ModelLoadException)
        {
            errors.WriteLine(problem.Message);
            return 1;
        }
    }

    /// <summary>Writes a report's JSON where the caller asked for it.</summary>
    public static void WriteJson<T>(T report, string? file)
    {
        if (file is null)
        {
            return;
        }

        try
        {
            File.WriteAllText(file, JsonSerializer.Serialize(report, Json) + "\n");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"The report can't be written to {file}: {problem.Message}", problem);
        }
    }
}
