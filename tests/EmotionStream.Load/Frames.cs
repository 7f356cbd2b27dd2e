using EmotionStream.Tests.Kit;

namespace EmotionStream.Load;

/// <summary>The JPEG files that cameras send, one after the other.</summary>
internal static class Frames
{
    private const int DemoFrames = 20;

    public static byte[][] Of(string source)
    {
        byte[][] frames = source == "demo"
            ? [.. Enumerable.Range(0, DemoFrames).Select(frame => TestPictures.Face("neutral", 0.5 + (0.03 * Math.Sin(2 * Math.PI * frame / DemoFrames))))]
            : [.. Directory.EnumerateFiles(source, "*.jpg").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        return frames.Length > 0 ? frames : throw new InvalidOperationException($"There is no .jpg in {source}.");
    }
}
