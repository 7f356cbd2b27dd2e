using System.Text.Json;

namespace EmotionStream.Tests.Inference;

/// <summary>The pictures of nobody that the golden answers are about, 48x48 grey.</summary>
internal static class GoldenPictures
{
    public static byte[][] Load()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "emotion.json")));
        return [.. golden.RootElement.GetProperty("faces").EnumerateArray().Select(face => face.GetProperty("bytes").GetBytesFromBase64())];
    }
}
