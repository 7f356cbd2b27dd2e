using EmotionStream.Corrections;
using EmotionStream.Faces.Emotion;
using EmotionStream.Learning;

namespace EmotionStream.Tests.Learning;

/// <summary>
/// A group that the shipped head misreads, made of the shipped replay set: neutral faces moved until the head takes them for happy ones,
/// and marked in the one coordinate that faces use least, as a thing would that only this group has.
/// </summary>
internal static class MisreadGroup
{
    private const int Neutral = 0;
    private const int Happy = 1;

    public static EmotionModelFile Model { get; } = EmotionModelFile.Read("models/emotion.onnx");

    public static ReplaySet Replay { get; } = ReplaySet.Load(Path.Combine(AppContext.BaseDirectory, "models", "emotion-replay.bin"), Model);

    /// <summary>Corrections of a number of people; ids and so the held-out part are the same in every run.</summary>
    public static IEnumerable<Correction> Corrections(int count, int people, string prefix = "c", int skip = 0, int label = Neutral) =>
        Faces().Skip(skip).Take(count).Select((face, i) => new Correction(
            $"{prefix}{i:000}", 1_700_000_000_000 + i, Correction.ContributorOf($"{prefix} person {i % people}, a secret"), "camera", Model.Sha256, label, Happy, face));

    public static double Accuracy(EmotionHead head, int skip, int count)
    {
        var faces = Faces().Skip(skip).Take(count).Select(face => new LabeledFace("", face, Neutral)).ToList();
        return HeadEvaluation.Figures(head, faces).Accuracy;
    }

    private static IEnumerable<Half[]> Faces()
    {
        var (head, replay) = (Model.Head!, Replay.Training);
        var size = replay.Size;
        var toHappy = Enumerable.Range(0, size).Select(i => head.Weights[(Happy * size) + i] - head.Weights[(Neutral * size) + i]).ToArray();
        var length = toHappy.Sum(x => x * x);
        var means = Enumerable.Range(0, size).Select(i => Enumerable.Range(0, replay.Count).Sum(row => (float)replay.Values[(row * size) + i])).ToArray();
        var mark = Array.IndexOf(means, means.Min());
        for (var row = 0; row < replay.Count; row++)
        {
            if (Replay.TrainingLabels[row] != Neutral)
            {
                continue;
            }

            var face = new float[size];
            replay.CopyRow(row, face);
            var logits = new float[EmotionReading.Labels];
            head.Logits(face, logits);
            var step = (logits[Neutral] - logits[Happy] + 1) / length;
            yield return Embeddings.Halve([.. face.Select((x, i) => x + (Math.Max(0, step) * toHappy[i]) + (i == mark ? 1.5f : 0))]);
        }
    }
}
