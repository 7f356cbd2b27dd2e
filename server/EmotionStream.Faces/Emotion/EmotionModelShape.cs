using EmotionStream.Faces.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace EmotionStream.Faces.Emotion;

/// <summary>The sizes an emotion model leaves open, read from the file and checked against what the server relies on.</summary>
internal sealed record EmotionModelShape(int StateSize, int EmbeddingSize, bool TakesElapsed)
{
    public const int FaceSide = 48;

    public static EmotionModelShape Of(InferenceSession session, string path, EmotionPrior prior)
    {
        var inputs = new TensorShapes(path, "input", session.InputMetadata);
        var outputs = new TensorShapes(path, "output", session.OutputMetadata);
        inputs.Expect("faces", 1, FaceSide, FaceSide);
        var state = inputs.ExpectVector("h");
        inputs.Expect("c", state);
        outputs.Expect(prior.Emotions(), EmotionReading.Labels);
        outputs.Expect(prior.Still(), EmotionReading.Labels);
        outputs.Expect("maps", EmotionReading.Labels, EmotionReading.MapSide, EmotionReading.MapSide);
        outputs.Expect("h'", state);
        outputs.Expect("c'", state);
        var takesElapsed = session.InputMetadata.ContainsKey("elapsed") || session.OverridableInitializerMetadata.ContainsKey("elapsed");
        return new EmotionModelShape(state, outputs.ExpectVector("embedding"), takesElapsed);
    }
}
