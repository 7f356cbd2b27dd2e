namespace EmotionStream.Faces.Onnx;

/// <summary>What the models run on.</summary>
internal enum OnnxDevice
{
    Auto,
    Cpu,
    Cuda,
}
