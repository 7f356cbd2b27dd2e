using System.Text.Json;

namespace EmotionStream.Tests.Inference;

/// <summary>The pictures of nobody that the golden answers are about, 48x48 gray.</summary>
internal static class GoldenPictures
{
    public static byte[][] Load() => [.. All().Select(face => face.Pixels)];

    public static byte[] Named(string name) => All().Single(face => face.Name == name).Pixels;

    private static (string Name, byte[] Pixels)[] All()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "emotion.json")));
        return [.. golden.RootElement.GetProperty("faces").EnumerateArray()
            .Select(face => (face.GetProperty("name").GetString()!, face.GetProperty("bytes").GetBytesFromBase64()))];
    }
}
