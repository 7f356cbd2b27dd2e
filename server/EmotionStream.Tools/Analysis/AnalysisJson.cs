using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EmotionStream.Contracts;

namespace EmotionStream.Tools.Analysis;

/// <summary>Writes measured files as JSON, for other programs.</summary>
internal static class AnalysisJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Names of files in any language stay readable; nothing of this becomes HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(IReadOnlyList<MeasuredFile> pictures, TextWriter output) =>
        output.WriteLine(JsonSerializer.Serialize(new { labels = EmotionLabels.All, images = pictures }, Options));
}
