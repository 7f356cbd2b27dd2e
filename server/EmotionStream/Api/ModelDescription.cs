using System.Text.Json.Nodes;

namespace EmotionStream.Api;

/// <summary>The models the server runs, as `GET /api/v1/models` tells them.</summary>
/// <param name="FaceClose">The second look at what the detector finds; null where none lies beside the detector's file.</param>
internal sealed record ModelList(IReadOnlyList<string> Labels, ModelDescription Emotion, ModelDescription Face, ModelDescription? FaceClose);

/// <summary>One model file and what is known of it.</summary>
/// <param name="Bytes">The file's size.</param>
/// <param name="Device">Where it runs: auto, cpu or cuda, as configured; auto is cuda where its provider is installed.</param>
/// <param name="Precision">How it computes: float, or int8 (8-bit integers) where its quantized copy runs.</param>
/// <param name="Parameters">Trained numbers in the file.</param>
/// <param name="Card">What was measured: the JSON file of the same name beside it, written by `evaluate` or `evaluate-faces`; null without one.</param>
/// <param name="Text">The model card: the Markdown file of the same name beside it; null without one.</param>
internal sealed record ModelDescription(
    string File, long Bytes, string Sha256, string Device, string Precision, long Parameters, TensorDescription[] Inputs, TensorDescription[] Outputs,
    JsonNode? Card, string? Text);

/// <summary>A tensor's name and sizes; -1 is a size that the caller chooses.</summary>
internal sealed record TensorDescription(string Name, int[] Shape);
