namespace EmotionStream.Faces.Onnx;

/// <summary>Finds model files.</summary>
internal static class ModelFiles
{
    /// <summary>A relative path is looked for where the server was started, then beside the program.</summary>
    /// <exception cref="ModelLoadException">There is no such file.</exception>
    public static string Find(string path)
    {
        string[] places = [Path.GetFullPath(path), Path.Combine(AppContext.BaseDirectory, path)];
        return places.FirstOrDefault(File.Exists) ?? throw new ModelLoadException(path, $"there is no such file (looked for {string.Join(" and ", places.Distinct())}).");
    }
}
