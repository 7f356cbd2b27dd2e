using System.Globalization;
using EmotionStream.Faces.Decoding;
using EmotionStream.Tests.Vision;

namespace EmotionStream.Benchmarks;

/// <summary>Nearly sound pictures and small ones that cost much, through gate and decoder: how long each takes, and how much memory.</summary>
internal static class FuzzRun
{
    private const double MostMilliseconds = 500;
    private const double MostMegabytes = 200;
    private const int ShownEvery = 10_000;

    /// <summary>Returns whether every mutant and every monster stayed within the bounds; a crash ends the process.</summary>
    public static bool Run(string count)
    {
        var (fuzz, mutants, within) = (new PictureFuzz(), new PictureMutants(), true);
        foreach (var (name, file, expected) in PictureMonsters.All())
        {
            within &= Show(fuzz, name, file, expected, bounded: true);
        }

        foreach (var (name, file, expected) in PictureMonsters.Largest())
        {
            within &= Show(fuzz, name, file, expected, bounded: false);
        }

        foreach (var format in Enum.GetValues<PictureFormat>())
        {
            within &= Run(fuzz, mutants, format, int.Parse(count, CultureInfo.InvariantCulture));
        }

        return within;
    }

    private static bool Run(PictureFuzz fuzz, PictureMutants mutants, PictureFormat format, int count)
    {
        var results = new int[Enum.GetValues<PictureResult>().Length];
        (int Number, double Value) slowest = default, largest = default;
        var (passed, slow, large) = (0, 0, 0);
        for (var number = 0; number < count; number++)
        {
            var mutant = mutants.Make(format, number);
            passed += fuzz.PassesGate(mutant) ? 1 : 0;
            var (result, milliseconds, megabytes) = fuzz.Measure(mutant);
            results[(int)result]++;
            slowest = milliseconds > slowest.Value ? (number, milliseconds) : slowest;
            largest = megabytes > largest.Value ? (number, megabytes) : largest;
            slow += milliseconds > MostMilliseconds ? 1 : 0;
            large += megabytes > MostMegabytes ? 1 : 0;
            if ((number + 1) % ShownEvery == 0)
            {
                Console.Error.WriteLine($"{format}: {number + 1} of {count}");
            }
        }

        var ended = string.Join(", ", Enum.GetValues<PictureResult>().Select(result => $"{results[(int)result]} {result}"));
        Console.WriteLine($"{format}: {count} mutants, {passed} reached the decoder, no crash: {ended}");
        Console.WriteLine($"  {slow} over {MostMilliseconds} ms (slowest {slowest.Value:F0} ms, number {slowest.Number}), {large} over {MostMegabytes} MB (most {largest.Value:F0} MB, number {largest.Number})");
        return slow == 0 && large == 0;
    }

    private static bool Show(PictureFuzz fuzz, string name, byte[] file, PictureResult expected, bool bounded)
    {
        GC.Collect();
        var (result, milliseconds, megabytes) = fuzz.Measure(file);
        Console.WriteLine($"{name} ({file.Length / 1000.0:F0} KB): {result}, {milliseconds:F1} ms, {megabytes:F1} MB");
        return result == expected && (!bounded || (milliseconds < MostMilliseconds && megabytes < MostMegabytes));
    }
}
