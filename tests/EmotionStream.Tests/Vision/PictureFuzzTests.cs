using EmotionStream.Faces.Decoding;

namespace EmotionStream.Tests.Vision;

/// <summary>A short run of what tests/EmotionStream.Fuzz does for longer, which also measures memory.</summary>
public class PictureFuzzTests
{
    private const int Mutants = 2000;
    private const double MostMilliseconds = 500;

    [Fact]
    public void Decode_MutantsOfEveryFormat_NeverThrowsAndTakesNoLongTime()
    {
        var (mutants, fuzz) = (new PictureMutants(), new PictureFuzz());
        foreach (var format in Enum.GetValues<PictureFormat>())
        {
            var (passed, decoded) = (0, 0);
            for (var number = 0; number < Mutants; number++)
            {
                var mutant = mutants.Make(format, number);
                var (result, milliseconds) = fuzz.Time(mutant);
                passed += fuzz.PassesGate(mutant) ? 1 : 0;
                decoded += result == PictureResult.Decoded ? 1 : 0;
                Assert.True(milliseconds < MostMilliseconds, $"{format} {number}: {milliseconds:F0} ms");
            }

            // Else the mutants would only show what the gate does.
            Assert.True(passed > Mutants / 2, $"{format}: {passed} reached the decoder");
            Assert.InRange(decoded, Mutants / 50, passed - (Mutants / 10));
        }
    }

    [Fact]
    public void Decode_Monsters_CostsLittle()
    {
        var fuzz = new PictureFuzz();
        foreach (var (name, file, expected) in PictureMonsters.All())
        {
            var (result, milliseconds) = fuzz.Time(file);

            Assert.True(result == expected, $"{name}: {result}");
            Assert.True(milliseconds < MostMilliseconds, $"{name}: {milliseconds:F0} ms");
        }
    }
}
