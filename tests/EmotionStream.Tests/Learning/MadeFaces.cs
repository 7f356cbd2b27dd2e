using EmotionStream.Faces.Emotion;
using EmotionStream.Learning;

namespace EmotionStream.Tests.Learning;

/// <summary>Embeddings made by rule in a small space, where what a head can learn is known.</summary>
internal static class MadeFaces
{
    public const int Size = 16;

    /// <summary>Answers with the label whose coordinate is largest.</summary>
    public static EmotionHead Head { get; } = new(
        [.. Enumerable.Range(0, EmotionReading.Labels * Size).Select(i => i / Size == i % Size ? 3f : 0)], new float[EmotionReading.Labels]);

    /// <summary>A face of a label; a mark that only one group of people has stands in a coordinate that no label uses.</summary>
    public static Half[] Face(int label, Random random, bool isMarked = false)
    {
        var values = new float[Size];
        for (var i = 0; i < Size; i++)
        {
            values[i] = (0.3f * random.NextSingle()) + (i == label ? 1 : 0);
        }

        values[^1] = isMarked ? 1.5f : 0;
        return Embeddings.Halve(values);
    }

    public static ReplaySet Replay(int training = 400, int heldOut = 200)
    {
        var random = new Random(1);
        var (trainingLabels, heldLabels) = (Labels(training), Labels(heldOut));
        return new ReplaySet(new string('0', 64), All(trainingLabels), trainingLabels, All(heldLabels), heldLabels);

        Embeddings All(byte[] labels) => new(Size, [.. labels.SelectMany(label => Face(label, random))]);
        static byte[] Labels(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i % EmotionReading.Labels))];
    }

    /// <summary>Corrections of marked people whose neutral faces the head takes for happy ones.</summary>
    public static List<LabeledFace> Misread(int count, int people, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new LabeledFace($"person {i % people}", Face(1, random, isMarked: true), 0))];
    }
}
