using EmotionStream.Tools.Evaluation.Emotions;

namespace EmotionStream.Tools.Evaluation.Sequences;

/// <summary>A folder of sequences: each a folder of frames whose name ends with its label (`person7-angry`) or that lies in a folder named by it.</summary>
internal static class SequenceFolder
{
    public static LabeledSequence[] Open(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new EvaluationException($"There is no folder {path}.");
        }

        var sequences = Directory.EnumerateDirectories(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(folder => (Folder: folder, Frames: LabeledFolder.FilesIn(folder).ToArray()))
            .Where(found => found.Frames.Length > 1)
            .Select(found => new LabeledSequence(Path.GetRelativePath(path, found.Folder), LabelOf(path, found.Folder), found.Frames))
            .ToArray();
        return sequences.Length > 0 ? sequences : throw new EvaluationException($"The folder {path} holds no folder with two or more PNG or JPEG pictures.");
    }

    private static int LabelOf(string root, string folder)
    {
        string[] names = [Path.GetFileName(folder).Split('-', '_', ' ')[^1], Path.GetFileName(Path.GetDirectoryName(folder)!)];
        return names.Select(LabelNames.Find).FirstOrDefault(label => label is not null)
            ?? throw new EvaluationException($"The sequence {Path.GetRelativePath(root, folder)} has no label: its name ends with none, and its folder is not named by one.");
    }
}
