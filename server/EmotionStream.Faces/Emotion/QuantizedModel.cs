using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using EmotionStream.Faces.Onnx;

namespace EmotionStream.Faces.Emotion;

/// <summary>Finds the file that computes a model in 8-bit integers: NAME-int8.onnx beside NAME.onnx, made from exactly that file.</summary>
/// <remarks>The exact file stays the model: its hash names readings and corrections, and a head learned for it fits both.</remarks>
internal static class QuantizedModel
{
    private const int AvxVnniBit = 4;
    private const int Avx512VnniBit = 11;

    /// <summary>Whether the processor sums four products of bytes in one instruction; without, integers gain little and may saturate.</summary>
    public static bool ProcessorIsMadeForIt { get; } = Dp.IsSupported || HasVnni();

    /// <summary>The quantized copy to run, or null where the model itself is to run.</summary>
    /// <exception cref="ModelLoadException">Integers are asked for, and there is no quantized copy that fits.</exception>
    public static EmotionModelFile? Find(EmotionModelFile model, EmotionPrecision precision, bool onProcessor)
    {
        if (precision == EmotionPrecision.Float || (precision == EmotionPrecision.Auto && !(ProcessorIsMadeForIt && onProcessor)))
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

    private static bool HasVnni()
    {
        if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < 7)
        {
            return false;
        }

        // Leaf 7 of the CPUID instruction; the vector registers also need the operating system, which IsSupported has asked.
        var (subleaves, _, ecx, _) = X86Base.CpuId(7, 0);
        return (Avx512BW.IsSupported && Has(ecx, Avx512VnniBit)) || (Avx2.IsSupported && subleaves >= 1 && Has(X86Base.CpuId(7, 1).Eax, AvxVnniBit));
    }

    private static bool Has(int bits, int bit) => (bits & (1 << bit)) != 0;
}
