using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace EmotionStream.Faces.Onnx;

/// <summary>What this machine's processor is good at.</summary>
internal static class Processor
{
    private const int AvxVnniBit = 4;
    private const int Avx512VnniBit = 11;

    /// <summary>Whether it sums four products of bytes in one instruction; without, integers gain little and may saturate.</summary>
    public static bool SumsByteProducts { get; } = Dp.IsSupported || HasVnni();

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
