namespace EmotionStream.Faces.Onnx;

/// <summary>A model file is missing, broken, or not of the shape the server works with; the message says which and how.</summary>
internal sealed class ModelLoadException(string path, string problem, Exception? inner = null)
    : Exception($"The model {path} can't be used: {problem}", inner);
