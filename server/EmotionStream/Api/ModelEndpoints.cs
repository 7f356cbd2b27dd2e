using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using EmotionStream.Api.Reference;
using EmotionStream.Contracts;
using EmotionStream.Faces.Detection;
using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Onnx;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;

namespace EmotionStream.Api;

/// <summary>Tells which models the server runs and how well they were measured to do.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder endpoints)
    {
        // What runs is told, not what the files have become; hashing takes a while.
        var models = new Lazy<ModelList>(() => Describe(endpoints.ServiceProvider));
        endpoints.MapGet("/api/v1/models", () => models.Value)
            .Describe("Models", "Tells which models run and how well they were measured to do.")
            .Produces<ModelList>();
    }

    private static ModelList Describe(IServiceProvider services)
    {
        var inference = services.GetRequiredService<IOptions<InferenceOptions>>().Value;
        var sessions = services.GetRequiredService<OnnxSessions>();
        var (emotion, face) = (services.GetRequiredService<EmotionModel>(), services.GetRequiredService<FaceDetectorModel>());
        return new ModelList(
            EmotionLabels.All,
            Describe(emotion.File.Path, emotion.File.Bytes, inference.Device, emotion.Precision, sessions),
            Describe(face.Path, face.Bytes, OnnxDevice.Cpu, EmotionPrecision.Float, sessions),
            face.Close is { } close ? Describe(close.Path, close.Bytes, OnnxDevice.Cpu, EmotionPrecision.Float, sessions) : null);
    }

    private static ModelDescription Describe(string path, byte[] file, OnnxDevice device, EmotionPrecision precision, OnnxSessions sessions)
    {
        using var session = sessions.Open(file, path, OnnxDevice.Cpu, threads: 1);
        return new ModelDescription(
            Path.GetFileName(path),
            file.Length,
            Convert.ToHexStringLower(SHA256.HashData(file)),
            JsonNamingPolicy.CamelCase.ConvertName(device.ToString()),
            JsonNamingPolicy.CamelCase.ConvertName(precision.ToString()),
            ParameterCount.Of(file),
            Describe(session.InputMetadata.Concat(session.OverridableInitializerMetadata)),
            Describe(session.OutputMetadata),
            ReadCard(Path.ChangeExtension(path, ".json")),
            ReadText(Path.ChangeExtension(path, ".md")));
    }

    private static TensorDescription[] Describe(IEnumerable<KeyValuePair<string, NodeMetadata>> tensors) =>
        [.. tensors.DistinctBy(tensor => tensor.Key).Select(tensor => new TensorDescription(tensor.Key, tensor.Value.Dimensions))];

    private static string? ReadText(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

    /// <summary>A card that is no JSON is treated as absent: the models work without it.</summary>
    private static JsonNode? ReadCard(string path)
    {
        try
        {
            return ReadText(path) is { } text ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
