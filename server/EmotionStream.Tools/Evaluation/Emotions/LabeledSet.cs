namespace EmotionStream.Tools.Evaluation.Emotions;

/// <summary>Labeled pictures, read one after the other; owned by the measurement that walks over them.</summary>
internal sealed record LabeledSet(string Name, int Count, IEnumerable<LabeledPicture> Pictures)
{
    /// <summary>Opens a folder with one sub-folder a label, or a FER+ pack.</summary>
    public static LabeledSet Open(string path) =>
        Directory.Exists(path) ? LabeledFolder.Open(path)
        : File.Exists(path) ? FerPlusPack.Open(path)
        : throw new EvaluationException($"There is no folder or file {path}.");
}
