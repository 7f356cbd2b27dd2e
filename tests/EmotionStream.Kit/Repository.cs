namespace EmotionStream.Tests.Kit;

/// <summary>Where the sources are that the tests were built from.</summary>
internal static class Repository
{
    public static string Folder { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("The tests run outside the repository."),
        _ when File.Exists(Path.Combine(folder.FullName, "EmotionStream.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
