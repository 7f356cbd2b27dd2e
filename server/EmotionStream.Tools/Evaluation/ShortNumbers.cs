using System.Text.Json;
using System.Text.Json.Serialization;

namespace EmotionStream.Tools.Evaluation;

/// <summary>Writes shares and times with five decimals: more would be noise, and differ from machine to machine.</summary>
internal sealed class ShortNumbers : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(Math.Round(value, 5));
}
