namespace EmotionStream.Tools.Evaluation.Emotions;

/// <summary>A folder with one sub-folder for each label, named by it, as most expression data sets come.</summary>
internal static class LabeledFolder
{
    private static readonly string[] Endings = [".png", ".jpg", ".jpeg"];

    public static LabeledSet Open(string path)
    {
        var files = Directory.EnumerateDirectories(path).Order(StringComparer.Ordinal)
            .Select(folder => (Folder: folder, Label: LabelNames.Of(Path.GetFileName(folder), $"The folder {path}")))
            .SelectMany(part => FilesIn(part.Folder).Select(file => (file, part.Label)))
            .ToArray();
        return files.Length > 0
            ? new LabeledSet(new DirectoryInfo(path).Name, files.Length, files.Select(item => Read(path, item.file, item.Label)))
            : throw new EvaluationException($"The folder {path} has no sub-folder with PNG or JPEG pictures; it should have one for each label.");
    }

    public static IEnumerable<string> FilesIn(string folder) =>
        Directory.EnumerateFiles(folder).Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal);

    private static LabeledPicture Read(string root, string file, int label)
    {
        try
        {
            return new LabeledPicture(Path.GetRelativePath(root, file), label, File.ReadAllBytes(file));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"The picture {file} can't be read: {problem.Message}", problem);
        }
    }
}
