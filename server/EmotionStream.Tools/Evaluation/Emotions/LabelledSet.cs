namespace EmotionStream.Tools.Evaluation.Emotions;

/// <summary>Labelled pictures, read one after the other; owned by the measurement that walks over them.</summary>
internal sealed record LabelledSet(string Name, int Count, IEnumerable<LabelledPicture> Pictures)
{
    /// <summary>Opens a folder with one sub-folder a label, or a FER+ pack.</summary>
    public static LabelledSet Open(string path) =>
        Directory.Exists(path) ? LabelledFolder.Open(path)
        : File.Exists(path) ? FerPlusPack.Open(path)
        : throw new EvaluationException($"There is no folder or file {path}.");
}
