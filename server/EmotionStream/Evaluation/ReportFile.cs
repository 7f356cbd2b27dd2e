using System.Text.Json;

namespace EmotionStream.Evaluation;

/// <summary>Writes a report as JSON where the caller asked for it.</summary>
internal static class ReportFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new ShortNumbers() } };

    public static void Write<T>(T report, string? file)
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
