using EmotionStream.Faces.Decoding;
using EmotionStream.Tests.Vision;

namespace EmotionStream.Fuzz.Targets;

/// <summary>Pictures, through gate and decoder at the stills' limits.</summary>
/// <remarks>Half are changed where the decoder reads, which is native and counts no branches; the other half by what the gate does with them.</remarks>
internal sealed class PictureTarget(PictureFormat format) : FuzzTarget
{
    private const double MostMilliseconds = 1000;
    private const double MostMegabytes = 200;

    private readonly PictureFuzz _fuzz = new();
    private readonly PictureMutants _mutants = new();

    public override IReadOnlyList<byte[]> Seeds => _mutants.Sound(format);

    public override byte[] Make(byte[] earlier, byte[] other, Mutator mutator, long number)
    {
        if (number % 2 == 0)
        {
            return _mutants.Make(format, (int)(number / 2));
        }

        var mutant = mutator.Mutate(earlier, other);
        if (format == PictureFormat.Png)
        {
            PictureMutants.CorrectChecksums(mutant);
        }

        return mutant;
    }

    public override Task<string?> TryAsync(byte[] input)
    {
        var (result, milliseconds, megabytes) = _fuzz.Measure(input);
        return Task.FromResult(milliseconds > MostMilliseconds || megabytes > MostMegabytes ? $"{result} after {milliseconds:F0} ms and {megabytes:F0} MB" : null);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
