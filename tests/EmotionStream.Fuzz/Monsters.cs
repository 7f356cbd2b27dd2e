using EmotionStream.Faces.Decoding;
using EmotionStream.Tests.Vision;

namespace EmotionStream.Fuzz;

/// <summary>Small pictures that cost a decoder much, and the largest that are taken: how long each takes, and how much memory.</summary>
internal static class Monsters
{
    private const double MostMilliseconds = 500;
    private const double MostMegabytes = 200;

    /// <summary>Returns whether each came to what it should, within the bounds.</summary>
    public static bool Run()
    {
        var (fuzz, within) = (new PictureFuzz(), true);
        foreach (var (name, file, expected) in PictureMonsters.All())
        {
            within &= Show(fuzz, name, file, expected, bounded: true);
        }

        foreach (var (name, file, expected) in PictureMonsters.Largest())
        {
            within &= Show(fuzz, name, file, expected, bounded: false);
        }

        return within;
    }

    private static bool Show(PictureFuzz fuzz, string name, byte[] file, PictureResult expected, bool bounded)
    {
        GC.Collect();
        var (result, milliseconds, megabytes) = fuzz.Measure(file);
        Console.WriteLine(FormattableString.Invariant($"{name} ({file.Length / 1000.0:F0} KB): {result}, {milliseconds:F1} ms, {megabytes:F1} MB"));
        return result == expected && (!bounded || (milliseconds < MostMilliseconds && megabytes < MostMegabytes));
    }
}
