using System.Text.Json;

namespace EmotionStream.Tools.Evaluation;

/// <summary>Writes a report as JSON where the caller asked for it.</summary>
internal static class ReportFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new ShortNumbers() } };

    public static void Write<T>(T report, string? file) => WriteText(JsonSerializer.Serialize(report, Json) + "\n", file);

    public static void WriteText(string text, string? file)
    {
        if (file is null)
        {
            return;
        }

        try
        {
            File.WriteAllText(file, text);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"The report can't be written to {file}: {problem.Message}", problem);
        }
    }
}
