using EmotionStream.Faces.Onnx;

namespace EmotionStream.Faces.Emotion;

/// <summary>Finds the file that computes a model in 8-bit integers: NAME-int8.onnx beside NAME.onnx, made from exactly that file.</summary>
/// <remarks>The exact file stays the model: its hash names readings and corrections, and a head learned for it fits both.</remarks>
internal static class QuantizedModel
{
    /// <summary>The quantized copy to run, or null where the model itself is to run.</summary>
    /// <exception cref="ModelLoadException">Integers are asked for, and there is no quantized copy that fits.</exception>
    public static EmotionModelFile? Find(EmotionModelFile model, EmotionPrecision precision, bool onProcessor)
    {
        if (precision == EmotionPrecision.Float || (precision == EmotionPrecision.Auto && !(Processor.SumsByteProducts && onProcessor)))
        {
            return null;
        }

        var path = Path.Combine(Path.GetDirectoryName(model.Path)!, Path.GetFileNameWithoutExtension(model.Path) + "-int8.onnx");
        if (precision == EmotionPrecision.Auto && !File.Exists(path))
        {
            return null;
        }

        var quantized = EmotionModelFile.Read(path);
        return quantized.QuantizedFrom == model.Sha256 && quantized.Head is not null && quantized.Head.Equals(model.Head) ? quantized
            : precision == EmotionPrecision.Auto ? null
            : throw new ModelLoadException(path, $"it was not made from {model.Name} as it is now ({model.Sha256[..12]}).");
    }
}
