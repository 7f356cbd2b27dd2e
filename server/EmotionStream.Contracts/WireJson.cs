using System.Text.Json;
using System.Text.Json.Serialization;

namespace EmotionStream.Contracts;

/// <summary>How the contract looks in JSON: camelCase names, enumerations as snake_case words, never as numbers.</summary>
public static class WireJson
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }
}
